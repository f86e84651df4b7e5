# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Mail that machines send to people: payments, receipts, parcels, bookings, sign-ins, accounts, bills, alarms of servers.

Such a notice tells its reader what was done in his name and what to do if it was not, so that it is full of orders,
amounts and warnings and yet the most ordinary thing in a mailbox. Attacks come in the same mail (`alert`), or else the
genre itself would tell.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random

from .grammar import Grammar
from .pool import Pool
from .prose import PROSE, sentences, value

NOTICE = Grammar(
    """
@tail_digits
{digit}{digit}{digit}{digit}
@masked
[#|**** |xxxx-|ending in |ending with |x|(...){digit}{digit}|no. ...|*]{tail_digits}
@account
[your|{first}'s|your company's|the joint|{firm}'s] [[checking|savings|current|business|brokerage|deposit|credit] account|wallet|card|debit card|credit card|virtual card|account] [{masked}|at {firm}|with {firm}|]
@who
{firm}|{person}|{first} {last}|{firm}, {city}|[THE |]{upper}|{domain}
@upper
[NORTH|BLUE|METRO|AIR|CITY|GLOBAL|PIXEL|CLOUD|FRESH|RAPID][PAY|LINE|MART|WORKS|DESK|NET|FOODS|RIDE|STORE|SOFT][ INC| LTD| GMBH|*{token}| {city}|]
@method
[ACH|SEPA|wire|bank|instant|peer-to-peer|standing] [transfer|payment|debit]|direct debit|card payment|cheque|{firm} Pay|a recurring payment|an invoice
@ref
{number}{number}|{token}|[INV|ORD|TX|REF|PNR|CASE][-|#| |]{number}|{tail_digits}-{tail_digits}
@payment
{account} [was|has been] [charged|debited|billed] [for |]{amount} [by {who}|at {who}|for {product}|] [{on}|by {method}|via {method}|].|[a|your] {method} of {amount} [to|from] {who} [has been|was] [sent|received|completed|scheduled|returned|initiated|approved|declined|reversed] [{on}|].
[you|{first} {last}|{who}] [sent|paid|transferred|received|withdrew|deposited] {amount} [to|from] {who} [by|via|with] {method}. [the [money|funds|amount] [was|were|will be] [taken from|withdrawn from|sent from|credited to|added to] {account}.|]|[a credit of|an amount of] {amount} was [booked|credited|posted|refunded] to {account}.
[a|an open] [hold|reservation|authorisation] of {amount} [was placed on|is pending on|blocks part of] {account} [for {who}|]. [what you pay in the end is known [once|when] [the shop|{who}|the hotel|the pump] [settles|closes] the bill.|we release it [in {small} days|{on}] [if nobody claims it|].|pending amounts are not yet part of your balance.|]
[the amount|it] [was collected under|follows from] [the mandate you signed|your instalment plan|your monthly budget|a stored card][ and [shows|appears] as {upper} on your statement|].|[the [current|available|new|remaining] balance [is|of {account} is] {amount}.|your balance [fell|dropped|is] below {amount}.]
[direct deposit|salary|payroll] of {amount} [from {firm}|] [arrived|was posted|is on its way] [{on}|].|[your|the] refund of {amount} [for order {ref}|from {who}|] [is being processed|was issued|will reach {account} in {small} [business|working] days].
@receipt
[thank you|thanks] for [your [order|purchase|payment|donation|visit]|shopping with us|riding with {firm}|your business]. [this [e-mail|message|document] is your receipt.|here is your receipt.|your order [number is|no.] {ref}.|we received your payment of {amount}.|]|[order|invoice|receipt|booking] {ref} [for|over] {amount} [is|was] [paid|confirmed|attached|ready|overdue|due {on}].
[you bought|your order contains|items]: {small} x {product}[, {small} x {product}|]. [subtotal {amount}, [tax|VAT|shipping] {amount}, total {amount}.|]|your [plan|subscription|membership|trial] [for {product}|at {firm}|] [renews|was renewed|ends|has ended|will be charged {amount}] {on}.
@parcel
[your|the] [parcel|package|order|shipment|delivery] {ref} [has shipped|is on its way|was handed to {firm}|is out for delivery|arrives {on}|was delivered [to a neighbour|to the safe place|at {clock}]|could not be delivered|is waiting at [the counter|locker {small}|{city}]].|[we|our driver|the courier] [missed you|will try again {on}|left it with {first}|needs a signature].
[please have [your ID|the code {tail_digits}|a passport] ready.|track it [here|at {url}|in the app].|customs [ask|asks] for [an invoice|{amount}].|you can [change the day|choose a neighbour|redirect the parcel] [until {clock}|at {url}|].]
@booking
your [booking|reservation|ticket|appointment|table|flight|stay|seat] [{ref}|at {firm}|in {city}|with the {job}|for {small} [people|guests|nights]|to {city}] [is confirmed|was changed|was cancelled|is [today|tomorrow|{on}]|starts at {clock}].|[check-in|boarding|the doors] [opens|closes|begins|open|close] [at {clock}|{small} hours before departure|{small} minutes before the start].
[please|passengers must|guests must] [arrive {small} minutes early|bring a photo ID|print this page|show the code at the gate|carry the card used for booking|cancel {small} hours before|complete the form before arrival].|[as required by|under|according to] [the [conditions of carriage|law|fare rules]|regulation {number}], [the carrier|we|{firm}] [has|have] [passed on|stored|informed you about] [your rights|your data|the changes].
@security
[we noticed|we detected|there was] [a [new|recent|first] [sign-in|login|device]|an attempt to [sign in|log in|reset your password]|unusual activity] [on|to|for] your [account|{firm} account] [from {city}|from a new device|at {clock}|].|[your|the] [password|e-mail address|phone number|PIN|two-step verification|recovery address] was [changed|reset|removed|added|turned off] [{on}|].
[if [this was you|you did this], [you can [safely |]ignore this [message|e-mail|mail]|no action is needed|there is nothing to do].|if [this was not you|you did not [do|request|authorise|make|start] this|you don't recognise this [activity|device|charge|payment]], [please |][change your password|contact us|call {number}|lock your card|reply to this [e-mail|message]|secure your account|report it|sign out everywhere] [immediately|at once|right away|as soon as possible|].]
[your|the|this] [verification|security|login|one-time|confirmation|access] code is [{number}|{tail_digits}|{tail_digits}{digit}{digit}]. [it expires in {small} minutes.|] [do not|don't|never] [share it|share this code|give this code|forward it|tell it] [with anyone|to anyone|], [even if they say they are from {firm}|not even our staff|whoever asks|].|{firm} will never ask [you |]for your [password|PIN|code] [by phone|by e-mail|].
@account_news
[we [updated|have updated|are changing|are updating]|there are changes to] our [terms|privacy policy|prices|fees|service agreement|cookie policy] [, effective {date}|from {date}|]. [by continuing to use {firm}, you accept [them|the new terms].|if you do not agree, [you can close your account|cancel|tell us] before {date}.|]|your [account|profile|storage|mailbox] [is [almost full|now active|incomplete|locked|on hold]|was [created|upgraded|suspended|verified|closed]|will be [deleted|deactivated|upgraded] {on}].
[please [confirm|verify|update|complete] your [e-mail address|identity|payment details|profile|tax details] [by {date}|to keep using {firm}|before you can withdraw money|].|{person} [shared [a file|a folder|{file}] with you|invited you to [{topic}|{firm}|a workspace]|mentioned you in a comment|sent you a [document to sign|contact request|message]|accepted your invitation].|[open|review|sign|view] [the document|it|{file}] [before {date}|at {url}|].]
@bill
[your|the] [electricity|water|phone|internet|heating|insurance|tax|school|council|gym|medical] [bill|invoice|statement|premium|fee] [of {amount}|for {date}|] [is ready|is due {on}|is overdue|was paid|will be collected {on}].|[please|kindly] [pay|transfer|settle|remit] {amount} [to {iban}|by {date}|using reference {ref}|] [to avoid [a late fee|interruption of service|interest]|].|[late payments|returned debits] [cost|are charged with] {amount}.|[your meter reading|your tax return|your claim|your contract] [is needed|is due {on}|has been [received|accepted|rejected]].
@ops
[build|pipeline|job|deployment|workflow] [#{number}|{token}] [failed|succeeded|was cancelled|timed out] [on branch {token}|after {small} minutes|at step {small}|].|[alert|ALERT|incident|warning]: [disk usage|CPU|memory|error rate|latency|certificate] [of|on] {domain} [is above {small}0%|expires in {small} days|recovered|is critical] [since {clock}|].|{first} [requested your review|pushed {small} commits|closed issue #{number}|commented on #{number}|assigned you to #{number}].
[acknowledge|silence|resolve|escalate] [this alert|the incident] [at {url}|within {small} minutes|or it goes to {first}].|[you are receiving this because you [were mentioned|are subscribed|own this service|authored the thread].|reply to this e-mail directly, view it at {url} or unsubscribe.]
@ask_back
[if you [have|have any|need] [questions|questions or concerns|trouble|help], [just |please |simply |][reply to this [e-mail|message|mail]|contact [us|our support]|call {number}|write to {email}|visit {url}|chat with us].|questions? [reply|write to {email}|call us on {number}|we are here to help].|need help? [visit {url}|our team is available until {clock}|just hit reply].]
[[something wrong with|don't know|never saw|want to dispute] this [payment|charge|order|transfer]? [contact us|call us|let us know|tell your bank|answer this mail] [within {small} days|immediately|].|[you can |][manage|change|turn off|set|edit] [your |]notifications [in the app|in settings|at {url}|].|[view|see|download|open] [the [details|receipt|invoice|statement]|your account|all transactions] [in the app|online|at {url}|here].]
@small_print
[this is an [automated|automatic] [message|e-mail|notification][, please do not reply|. replies are not read|].|please do not reply to this [e-mail|address][, it is not monitored|].|you [receive|are receiving|received] this [e-mail|message|notice] because [you have an account with {firm}|you signed up|you are an administrator|it concerns your account].|to [unsubscribe|stop these mails], [click here|go to {url}|change your settings].]
[(c)|copyright|©] [2021|2022|2023|2024|2025|2026] {firm}[, {city}|. all rights reserved|].|{firm} [is a financial technology company, not a bank|is registered in {city}|is authorised by the regulator|is a member of the deposit scheme].|[banking|card] services [are |]provided by {firm}[ and {firm}|]; members [FDIC|of the guarantee fund].|[this message and any attachment are confidential. if you are not the intended recipient, [delete it|ignore it|do not copy or forward it] and tell the sender.|please consider the environment before printing.|[terms|privacy|help|contact] - [legal|imprint|preferences|support]]
@sign
[the {firm} [team|Team]|the [billing|security|support|customer|payments] team|{firm}|{firm} [support|service|notifications]|team {firm}|{first} at {firm}|your {firm}|]
@hello
[hi|hello|dear|good morning|hey] [{first}|{first} {last}|{person}|customer|member|there|[Mr|Ms] {last}|{email}]|{first}|hello|welcome back, {first}|[attention|dear] account holder
@detail
[date|posted on|order date|time]: {date}[ {clock}|]|[amount|total|subtotal|fee|balance]: {amount}|[reference|order|transaction id|booking code|invoice no.]: {ref}|[merchant|payee|from|sender|to|recipient]: {who}|[status]: [completed|pending|confirmed|paid|failed|in transit]|[card|account]: {masked}|[customer|name|passenger]: {first} {last}|[e-mail|contact]: {email}|[item|product|description]: {product}|[address|location|city]: {number} {last} Street, {city}|[device|browser]: [Chrome on Windows|iPhone|Firefox, Linux|Android app]|[method]: {method}|[note|memo|message]: [rent|thanks!|invoice {ref}|{food}|{topic}|-]
""",
    PROSE,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """The parts of a notice in the order in which they are read."""

    head: str
    parts: tuple[str, ...]
    gap: str


KINDS = {
    "payment": "[you [received|sent|paid] {amount}|payment [received|sent|failed|reminder]|new charge on {account}|card used: {amount}|{amount} [at|from|to] {who}|low balance|transfer [complete|scheduled]|your statement is ready]",
    "receipt": "[your receipt [from {firm}|{ref}|]|order {ref} confirmed|invoice {ref}|we got your payment|thanks for your order|your renewal]",
    "parcel": "[your parcel [is on its way|arrives today]|delivery of order {ref}|we missed you|shipped: {product}]",
    "booking": "[booking confirmation [{ref}|- {city}|]|your trip to {city}|e-ticket {ref}|check in now|reminder: appointment on {date}|change to your reservation]",
    "security": "[new sign-in to your account|your [verification|security] code|password changed|was this you?|security alert|confirm your e-mail|{number} is your code]",
    "account_news": "[changes to our terms|action required|your account|{first} shared {file} with you|please sign: {file}|storage almost full|welcome to {firm}|complete your profile]",
    "bill": "[your bill for {date}|payment due|invoice {ref} is overdue|final reminder|your tax documents|premium notice]",
    "ops": "[build #{number} failed|alert: {domain}|(FIRING) {ident}|re: pull request #{number}|certificate expires soon|weekly report of {domain}]",
}  # fmt: skip
_FIELDS = (
    ("subject", "Subject", "SUBJECT", "title", "Betreff", "re"),
    ("from", "From", "FROM", "sender", "Sent by", "reply-to"),
    ("date", "Date", "DATE", "received", "sent", "timestamp"),
    ("to", "To", "RECIPIENT", "recipient", "delivered-to"),
)  # fmt: skip


def _head(rng: Random, kind: str) -> str:
    """Returns the lines above a mail's text as some client shows them, or nothing."""
    if rng.random() < 0.3:
        return ""
    values = (
        NOTICE.say(rng, KINDS[kind]),
        value(rng, "[{firm} <{email}>|{email}|{firm} Notifications <noreply@{domain}>|{firm}]"),
        PROSE.raw(rng, "[{weekday}, |]{date} {clock}[:07 +0000| UTC|]"),
        PROSE.raw(rng, "[{first} {last} <{email}>|{email}]"),
    )
    chosen = sorted(rng.sample(range(4), rng.randint(1, 4)))
    rows = [f"{rng.choice(_FIELDS[at])}{rng.choice((': ', ': ', ':', ' = '))}{values[at]}" for at in chosen]
    join = rng.choice(("\n", "\n", "\n", "|", " | ", "; "))
    body = rng.choice(("", "", "", "text: ", "Body:\n", "body: ", "\n", "---\n", "Message\n"))
    return join.join(rows) + (join if body and join != "\n" else "\n") + body + rng.choice(("", "\n"))


def _rows(rng: Random) -> str:
    """Returns details as lines, a table or flattened text."""
    rows = [value(rng, NOTICE.raw(rng, "{detail}")) for _ in range(rng.randint(2, 6))]
    style = rng.random()
    if style < 0.2:
        rows = ["| " + " | ".join(row.split(": ", 1)) + " |" for row in rows]
    elif style < 0.4:
        rows = [row.replace(": ", rng.choice(("\n", "   ", "\t"))) for row in rows]
    return rng.choice(("\n", "\n", "  ", ", ", "\n\n", " \n      ")).join(rows)


def _said(rng: Random, rule: str, most: int) -> str:
    """Returns up to `most` different sentences of a rule."""
    said = (NOTICE.say(rng, f"{{{rule}}}") for _ in range(rng.randint(1, most)))
    return " ".join(dict.fromkeys(said))


def notice(rng: Random) -> Notice:
    """Returns a notice of one kind: what happened, details, what to do, small print."""
    kind = rng.choice(sorted(KINDS))
    say = NOTICE.say
    parts = [say(rng, "{hello}") + rng.choice((",", ",", "!", ""))] if rng.random() < 0.8 else []
    parts.append(_said(rng, kind, 3))
    if rng.random() < 0.5:
        parts.append(_rows(rng))
    if rng.random() < 0.25:
        parts.append(_said(rng, rng.choice(("payment", "security", "account_news", kind)), 1))
    if rng.random() < 0.75:
        parts.append(_said(rng, "ask_back", 2))
    if rng.random() < 0.12:
        parts.append(sentences(rng, 1, 2, rng.choice(("cta", "ask", "dont"))))
    if rng.random() < 0.8:
        parts.append(say(rng, "{sign}"))
    parts += [say(rng, "{small_print}") for _ in range(rng.choice((0, 0, 1, 1, 2, 3)))]
    kept = tuple(dict.fromkeys(part for part in parts if part))
    return Notice(_head(rng, kind), kept, rng.choice(("\n\n", "\n\n", "\n", " ", "", "\n \n ", "      ")))


def written(rng: Random, one: Notice) -> str:
    """Returns the notice as text: as it is, as HTML was flattened, or in a mailbox's JSON."""
    text = one.head + one.gap.join(one.parts)
    style = rng.random()
    if style < 0.12:
        return " ".join(text.split())
    if style < 0.2:
        return text[: rng.randint(len(text) // 2, len(text))]  # a preview
    if style < 0.28:
        return json.dumps({rng.choice(("body", "text", "snippet")): text, "unread": True}, ensure_ascii=False)
    return text


def automatic(rng: Random, pool: Pool) -> str:
    """Returns a whole harmless notice."""
    return written(rng, notice(rng))


def alert(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    """Returns a notice that holds the message, and where it starts."""
    one = notice(rng)
    at = rng.randint(0, len(one.parts))
    gap = rng.choice((one.gap, one.gap, " ")) or " "
    before = one.head + one.gap.join(one.parts[:at]) + (gap if at else "")
    after = gap + one.gap.join(one.parts[at:]) if at < len(one.parts) else ""
    return before + message + after, len(before)
