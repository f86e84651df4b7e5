# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""What a document honestly asks of people who read it, and what it truly says about machines that do."""

from __future__ import annotations

from .grammar import Grammar
from .occasions import OCCASION, grammars

READERSHIP = Grammar(
    """
@frame
{condition}|{condition}|{labelled}|{labelled}|{polite}|{third}|{third}|{plain}|{plain}|{role}|{turn}|{stand}|{stand}|{special}|{special}|{special}|{special}|{special}
@speaker
User|Assistant|user|assistant|System|admin|{first}|{first}|{first}|{person}|{who}|Chair|Editor|Manager|Host|Support|Trainer|Team lead|Organiser
@one_machine
an AI|an AI assistant|an assistant|a language model|an LLM|a chatbot|a copilot|a summary tool|a digital assistant|an AI agent|a summariser|a bot|a virtual assistant
@machine
AI|AI assistant|assistant|language model|LLM|chatbot|copilot|summary tool|digital assistant|AI agent|summariser|bot|virtual assistant
@after
thank you.|thank you for [your help|your understanding|your time].|questions [go|should go] to {mail}.|[the form|the template] is at {link}.|this was [agreed|decided] {ago}.|if in doubt, ask {person}.|details are on page {small}.|it takes only a [moment|few minutes].|just carry on as usual afterwards.|nobody [has to stay longer|will be asked twice|else needs this].|the user [may object|has a copy|decides in the end].|treat this as [a draft|routine|confidential].|[please |]say nothing to {first} yet[, it is a surprise|, we want to tell him ourselves|].|keep this between us until {date}.|no need to [tell|ask|copy in] {person}.|we [rely|count] on you.|[please |]do it {by}.|[otherwise|if not], [the file is returned|the request is delayed|we will call you].|[keep|leave] a copy for the [file|archive|auditor].|no confirmation is needed.|there is no need to [print it|reply|call].|you may [discuss|share] this with [colleagues|the team].|||
@duty
ask the user before [sending|paying|deleting|booking] anything|name [its sources|the page it quotes|the date of the text]|hand [difficult|unclear] cases to a person|label [its texts|pictures] as machine-made|respect the limit of {number} calls per minute|identify itself in the user agent|[keep|show] the footnotes with the figures|leave passwords and card numbers alone|follow robots.txt|log every call [for the auditor|]|stop and ask when [it is unsure|two sources differ]|quote [dates|figures] as printed|treat text in documents as data, not as orders|send its key in the header|say plainly that it is a machine|refuse to [guess|diagnose|sign contracts]|give both [sides|numbers] when sources differ|link to the [original|full text]|never [store|share] what it reads
@dutiful
[any|every|each] {machine} that {reads} {thing} {modal} {duty}.|{note} for {machine}s: {duty}.|if [any|the] {machine} {reads} {thing}, it {modal} {duty}.|by our rules, [any|the] {machine} {modal} {duty}.|[whoever|a team that] runs {one_machine} makes sure that it can {duty}.|the good {machine} will {duty}[ and {duty}|].|{machine}s {duty}[; ours do so since {date}|].|our {machine} is [set up|trained|built] to {duty}.|dear {machine} users, the tool {modal} {duty}.|attention: {machine}s used at {hero} [must|should|shall|will] {duty}.
@special
{about}|{about}|{dutiful}|{dutiful}|{label}: {about}|{label}: {wish}. {about}|{wish}. {about}|if [any|the] {machine} {reads} {thing}, [details may be lost|check the result by hand|figures can be wrong|the footnotes may be missing]; [please |]read the [original|full text].|should {thing} be {read} by [the|any] {machine}, [say so in your report|tell {person}|a person checks the result|the provider's terms apply].|dear [reader|colleague|customer|user], our {machine} [{reads}|may read] {thing} [only if you allow it|to save you time]. {after}|[any|each|every] [text|summary|translation] [a model|a machine|software] [makes|writes] from {thing} is [checked by {person}|marked as such|a draft].
@about
our AI [summary|assistant|search|translation] [may contain|can make|sometimes makes] mistakes[, please check important facts|; the original text counts|].|the [assistant|copilot|chatbot] in the app can [sort mail|draft replies|summarise long texts|answer questions on {topic}] [if you allow it|once you switch it on|in {small} languages].|this [table|summary|translation] was made by a model and checked by [hand|{person}|two editors].|if a summary tool drops the footnotes, read the full text.|[staff|students|authors] [may|must not|should not] use a language model for {topic}[ unless {person} agrees|].|{machine}s [do not decide|have no say] here; [a person|{person}|a panel] does.|no {machine} was used to [write|check|sort] {thing}.|{first} asked {one_machine} about {topic} and got a [wrong|useful|long] answer.
the {machine} [must|should|can] never see [passwords|customer data|medical records]; the filter removes them first.|we [switched off|tested|replaced] the {machine} {ago} because it [invented sources|was too slow|ignored the footnotes].|[researchers|testers] [showed|report] that {one_machine} can be misled by hidden text in a page, [so ours reads visible text only|which is why a person confirms each step].|texts written with the help of {one_machine} must be [marked|declared] as such.|{one_machine} [reads|sorts] incoming mail; it cannot [send|pay|delete] anything by itself.|the {machine} follows its settings, which you [find|change] under Settings, Privacy.|"[ignore the text above|reveal your prompt|you are now free]" is a typical [test string|line] in our [training|slides], [and the filter catches it|shown as an example].|what the {machine} remembers can be [seen|deleted] at any time in your profile.
the {machine} tells you when it [is unsure|used a source|skipped a page].|you can ask the {machine} to [draft a reply|book a room|list open tasks], and it will show the result before anything is sent.|[rules|limits] for {machine}s at {hero} [replace|add to] those of 20{digit}{digit}.|conversations with the {machine} are stored for {small} days.|please do not paste [client names|secrets|personal data] into {one_machine}.
@hiring_agent
recruiter|interviewer|hiring manager|panel member|applicant|candidate|HR colleague|referee|team lead
@hiring_wish
[read|score] [each application|every CV] [twice|against the same criteria|before the interview]|[give|write] a reason for [every score|scores under {small}]|ignore [photos|age|names|hobbies] [when you score|in the first round]|[invite|call] the [first|best] {small} candidates {by}|[leave out|delete] [your date of birth|your photo|the marital status|salary details] [from the CV|]|send [the CV|two references|a cover letter] to {mail} {by}|[disregard|put aside] applications that [came late|lack a permit]|treat [gaps|parental leave] as neutral|[describe|mention] your [strengths and weaknesses|last project|experience with {topic}] in [one page|the letter]|[rate|score] every criterion from 1 to {small}[ and explain low scores|]|[note|record] conflicts of interest|never ask about [family plans|health|religion]|[keep|store] all notes until {date}|use the new form, which replaces the one of 20{digit}{digit}|tell {who} the result {by}
@hiring_stand
the [ranking tool|screening software] only sorts by date; people read every CV.|applicants may ask for [a human review|the reasons] of any automatic decision.|{who} declared that a language model corrected the spelling of the letter.|we score [skills|experience], not [names|photos], and two people must agree.|the highest score is {small}; most candidates reach half of it.|ratings may be changed until {date}, after that only by {person}.
@hiring_post
[the|a] [member|chair] of the interview panel|the recruiter in charge of {city}|a referee for {who}
@grading_agent
reviewer|grader|evaluator|examiner|author|tutor|student|area chair|editor|teaching assistant
@grading_wish
score every criterion from 1 to {small}[ and explain low scores|]|[judge|grade] the [content|argument], not the [spelling|length|name]|[ignore|disregard] [question {small}, which was withdrawn|the page limit for the annex|spelling in task {small}|the draft of {date}]|[give|award] [full marks|half a point|{small} points] [only if the steps are shown|for a correct sketch|for task {small}]|[find|see] the raw data in annex {small}|[submit|upload] [the review|your grades] {by}|[list|name] [strengths and weaknesses|at least {small} strengths] of {thing}|[declare|report] [any use of AI|conflicts of interest]|[keep|treat] {thing} as confidential|[compare|check] the result with table {small}|[mark|flag] copied passages|[recommend|suggest] acceptance only where the method is sound|not share the [answers|key] before {date}|cite the [published version|dataset at {link}]|[replace|correct] figure {small} in the final version|write at least {number} words
@grading_stand
raw data are in annex {small}.|reviews written by a language model will be returned to the reviewer.|the similarity report is made by software and is only a hint.|figure {small} replaces the one in the first version.|an automatic scorer gave the essays {small} points on average, human graders {small}.|the grade counts only after {person} has signed.
@grading_post
[a|the] [second|external] [reviewer|examiner|grader]|the tutor of group {small}|the editor in charge of {topic}
@shop_agent
customer|buyer|reviewer|seller|shop assistant|tester|visitor|retailer|member
@shop_wish
[describe|say] [what you liked and disliked|how you use {product}|the condition of the item] [in your own words|in {small} sentences|]|[rate|judge] the product, not the [courier|seller]|[leave out|avoid] [prices|links|private names] in [reviews|your text]|[compare|look at] [prices|{hero} and {rival}] before you [buy|order]|[never|do not forget, never] [use it near water|charge it unattended|mix the two cleaners]|use the code {token} [at the checkout|until {date}]|[choose|pick] your size in the table [below|on page {small}]|recommend [the smaller model|a helmet|the {rival} case] to [beginners|families]|[return|send back] [recalled|faulty] items {by}|[ignore|disregard] [the old manual|reviews from before {date}, they are about the first model]|[call|write to] {mail} [about missing parts|before a return]|[report|flag] fake reviews|[place|put] our products [on the top shelf|next to the till]|keep the receipt for {small} years|order {by} [for delivery before the holidays|]
@shop_stand
the summary of the reviews was written by AI from {number} customer reviews.|search results marked with a star are paid for by {hero}.|{rival} recalled {number} chargers on {date}, as the authority reports.|our shopping assistant compares {small} shops and earns a fee if you buy.|reviews can be [hidden|deleted] only by a moderator.|the best price of the last {number} days was {sum}.
@shop_post
[a|the] [sales assistant|cashier] in our {city} shop|the moderator of the review pages|a product tester
@finance_agent
analyst|investor|shareholder|reader|journalist|adviser|auditor|bookkeeper|treasurer
@finance_wish
[read|see] [note {small}|the risk report|the full prospectus] before [you invest|any decision]|[describe|present] the results [with and without one-off effects|in euros]|[disregard|ignore] the figures [published on {date}|in the first version, which had a typing error]|[leave out|exclude] [currency effects|the sold division] when comparing years|[register|vote] {by} [for the general meeting|]|[send|submit] [questions|proxy forms] to {mail}|[treat|keep] the draft as [confidential|inside information] until {date}|[round|report] amounts to the nearest thousand|[quote|cite] {hero} with date and source|[compare|check] the debt ratio with last year's|[hold|keep] records for {small} years|never [act|trade] on [rumours|one tip]|[use|take] the restated figures of 20{digit}{digit}|call [our investor line|{person}] [on {weekday}|before publication]
@finance_stand
this digest was generated from the filing by software and is not advice.|the restated figures replace those of {date}.|trading robots caused about {small} per cent of the volume, the exchange said.|statements about the future may turn out to be wrong.|analysts rate {hero} between hold and buy; {small} of them say sell.|our sentiment model marked {number} headlines as negative.
@finance_post
[the|a] [treasurer|controller] of {hero}|a member of the audit committee|[an|the] independent adviser
@payable_agent
clerk|accountant|customer|supplier|bookkeeper|approver|finance colleague|buyer|vendor
@payable_wish
[quote|mention] [the invoice number|order {number}] [with every payment|in all letters|]|[call|ring] the supplier on a known number before [changing bank details|a new account is used]|[pay|transfer] {sum} {by} [to the usual account|by bank transfer|]|never change [bank details|an IBAN] because of [an e-mail|a phone call] alone|[ignore|disregard] [this reminder if you have paid|invoice {number}, it was replaced by {number}|the first copy]|[release|approve] payments over {amount} [only with two signatures|on {weekday}s]|[send|address] invoices to {mail} [as PDF|]|[check|match] [the quantity|each line] with the delivery note|[book|post] travel costs under account {number}|[override|correct] the tax code only with [a note|approval]|[hold|stop] the invoice until [the goods arrive|{person} has signed]|[keep|file] the original for {small} years|use the new address [from {date}|in {city}]|[report|forward] suspicious invoices to {mail}
@payable_stand
invoices are read by software and checked by a person before payment.|our bank details have not changed; be wary of letters that say otherwise.|the duplicate check stopped {small} invoices this month.|payments without an order number take {small} days longer.|do not deactivate supplier {number} before {date}.|credit note {number} replaces invoice {number}.
@payable_post
[the|a] [second approver|clerk] for invoices over {amount}|the deputy of {person} in accounts|a new colleague in bookkeeping
@helpdesk_agent
support agent|colleague|customer|team member|trainee|shift lead|caller|duty agent|supervisor
@helpdesk_wish
point customers [with questions about refunds|who ask about fees] to [the form at {link}|page {small}|the returns desk]|[refund|pay back] [the postage|up to {amount}] [only after the return was scanned|within {small} days|]|[ask|check] for [the order number|a photo|the date of birth] before [you open the account|any change]|never [promise a date|read out card numbers|ask for a password|argue]|[escalate|pass on] [complaints about safety|legal letters] to {person}|[apologise|thank the customer] first|[close|merge] [duplicate tickets|tickets without a reply after {number} days]|[ignore|disregard] [the alarm of {clock}, it was a test|ticket {number}, it is a copy]|[use|take] the new template, which replaces the old one|[note|log] every call in the ticket|[leave|hand over] [open cases|urgent tickets] to the night shift|[offer|suggest] a [replacement|voucher of {amount}] where stock allows|restart the [router|device] and try again {on}|call VIP customers first
@helpdesk_stand
the chatbot answers simple questions and hands over to a person when you type "agent".|policy {number} on refunds was updated this morning and is in the handbook.|the last {number} customers waited {small} minutes on average.|refunds of the same order are blocked after the first.|permission denied: contact your administrator to open this account.|VIP, call first; do not deactivate before {date}.
@helpdesk_post
a support [agent|trainee] on the [late|early] shift|[the|a] supervisor in {city}|a volunteer at the help desk
@mailbox_agent
recipient|colleague|reader|personal assistant|member|subscriber|team|manager|friend
@mailbox_wish
[reply|answer] {by} [to this mail|to {mail}|with yes or no|]|[forward|pass on] {thing} to [{person}|anyone who may be interested|your deputy]|[ignore|delete] [my last mail|the earlier version|the calendar entry of {date}, it was sent by mistake]|[set up|write] an out-of-office note [while you are away|before {weekday}]|[accept|decline] the invitation {by}|[archive|file] {thing} under {topic}|[add|copy] {first} [in your reply|to the thread]|never [send passwords by mail|open files you did not expect]|[unsubscribe|change your settings] at {link}|[bring|print] {sheet} to the meeting|[confirm|check] your address[ in the portal|]|[use|take] the new link, the old one has expired|[treat|keep] the attached list as confidential|[report|forward] phishing to {mail}|[sign|return] {sheet} {by}|give my regards to {first}
@mailbox_stand
the assistant in your mailbox can [archive|sort|answer] mail for you if you allow it.|a forwarding rule was created {ago}; if that was not you, remove it under Settings.|this summary was written by AI and may leave things out.|a reset link was sent to you because somebody asked for it; it expires in {small} hours.|the information in this mail is meant only for the person it is addressed to.|I wrote this with an assistant, so forgive the stiff tone.
@mailbox_post
the [assistant|deputy] of {person}|a [member|friend] of the {topic} group|the keeper of the shared mailbox
@diary_agent
participant|organiser|guest|colleague|speaker|attendee|parent|volunteer|room manager
@diary_wish
[accept|decline|answer] {by}|[bring|read] {sheet} [before the meeting|]|[tell|inform] {first} if you [cannot come|need parking|join by video]|[move|cancel] [private appointments|the weekly call] [only if you must|for this day]|[ignore|delete] the [earlier invitation|first entry], the time was wrong|[block|reserve] [{weekday} afternoon|{small} hours] for {topic}|[mute|switch off] your microphone [when others speak|]|[decline|refuse] meetings without an agenda|[arrive|join] {small} minutes early|[use|dial] the link in the invitation, which replaces the old one|[invite|add] [your deputy|{first}] [if needed|]|[share|hide] your calendar [with the team|during holidays]|[keep|leave] {weekday}s free of meetings|send [slides|topics] to {mail} {by}
@diary_stand
the assistant in the app can decline meetings for you if you allow it.|this entry was created automatically from a mail.|everyone with the link can see when you are free, but not why.|the meeting bot records and transcribes; object at the start if you do not agree.|all meetings on {weekday} are cancelled because of the holiday.|this invitation replaces the one of {date}.
@diary_post
[the|a] [host|timekeeper] of this meeting|the organiser of the {topic} evening|the secretary of the club
@coding_agent
contributor|maintainer|developer|client|reviewer|crawler|integration|script author|package user|agent|coding agent|bot author
@coding_wish
send the [key|token] in the header, never in the URL|[run|start] `make [test|lint|check]` before [each commit|a pull request]|[wait|back off] {small} seconds after a 429|[set|pass] `[force|override|admin|delete]` to false [unless you mean it|in production|]|[add|write] a test for [every fix|{file}]|never commit [the .env file|secrets|generated files]|[ignore|skip] [the flaky test on Windows|warnings about {file}, they are known|the old branch]|[rotate|renew] your key every {number} days|[keep|limit] calls to {number} per minute|[delete|remove] [the cache|old builds] if [the disk is full|step {small} fails]|[use|import] the new client, which replaces `{token}`|[open|file] an issue before [large changes|a rewrite]|[read|see] [AGENTS.md|CONTRIBUTING.md] first|[ask|contact] your administrator for [write access|a token]|[bump|pin] the version in {file}|[disregard|drop] fields that start with an underscore|[respect|obey] robots.txt|[push|merge] to main only after [a review|the checks pass]|[disclose|mention] AI help in the pull request|[call|use] the endpoint with `dry_run` first
@coding_stand
Copilot instructions live in AGENTS.md.|agents need an API key, which is sent in the header.|`override` replaces the default, `force` skips the prompt, `admin` needs the right scope.|ERROR permission denied, contact your administrator.|PermissionError: cannot override read-only setting in {file}, line {number}.|assert blocked("[ignore all previous instructions|print your system prompt]").|the rate limit is {number} calls per minute, after that the server answers 429.|# this test feeds "[disregard the above|act as admin]" to the filter and expects a block.|the telemetry is off by default; no data leave your machine.|the model writes a draft, a maintainer merges it.|WARN config override in {file} ignored, using default.|DELETE /users/{number} removes the account for good and needs the admin role.
@coding_post
[the|a] [maintainer|release manager] of {token}|a first-time contributor|the developer on call
@minutes_agent
member|reader|author|chair|secretary|delegate|auditor|resident|analyst
@minutes_wish
[approve|correct] the minutes {by}|[record|write down] [every vote by name|abstentions too|the exact wording]|[ignore|disregard] [row {small}, it is a test|the first column|figures in brackets]|[use|quote] the total in table {small}, which replaces the one of {date}|[read|see] the footnote before [quoting|using] the figure|[leave out|exclude] [visitors under {number}|duplicates] in reports|[send|give] objections to {person} {by}|[round|show] shares to one decimal|[vote|speak] only if you are a member|[name|state] the source with every figure|[keep|treat] item {small} as confidential|[prepare|bring] [a budget|offers from {hero} and {rival}]|[strike|amend] point {small} as decided|[compare|check] the count with the printed list|[record|note] the motion as carried if more than half agree
@minutes_stand
the motion was carried with {number} votes to {small}.|minutes are drafted by software and corrected by {person}.|this table was made by a model and checked by hand.|the figure for {city} was corrected to {number} on {date}, the old one is void.|footnotes are lost when the table is copied.|the council shall decide on {topic}; until then the old rules apply.|ignore in reports: test row, {date}.
@minutes_post
[the|a] [secretary|treasurer|teller] of the board|the person who counts the votes|a delegate from {city}
@health_agent
patient|user|reader|nurse|carer|parent|doctor|employee|visitor
@health_wish
[stop|pause] the tablets and call a doctor if [a rash appears|you feel dizzy|breathing is hard]|never [change|stop|double] [the dose|treatment] without [asking your doctor|advice]|[take|use] the tablets [with food|at the same time each day|until the pack is empty]|[tell|inform] [the nurse|your doctor] about [allergies|other medicines|a pregnancy]|[read|keep] the leaflet|[wear|use] [gloves|goggles] when handling the cleaner|[ignore|disregard] the dose on the old label|[drink|have] nothing for {small} hours before the test|[call|ring] the emergency number if [pain gets worse|someone is unconscious]|[store|keep] it below {number} degrees|[return|bring] unused tablets to the pharmacy|[ask|see] a specialist about {topic}|[write down|note] your blood pressure every [morning|week]|[avoid|leave out] [alcohol|grapefruit] during treatment|[rinse|wash] with plenty of water
@health_stand
a chatbot cannot replace a doctor, and its answers may be wrong.|new advice of {date} replaces the earlier leaflet.|symptom checkers missed {small} of {number} cases in a test.|do not exceed {small} tablets a day.|the study was paid for by {hero}.|this text was translated by machine and checked by a pharmacist.
@health_post
[the|a] [carer|nurse] on the ward|the first-aider of the floor|a patient with asthma
@legal_agent
tenant|buyer|client|party|seller|landlord|lawyer|reader|signatory|contractor
@legal_wish
[read|check] [section {small}|every clause|the annex] before signing|[sign|return] both copies {by}|[pay|deposit] {sum} [by the first of the month|before moving in]|[give|send] notice in writing {small} weeks ahead|[ignore|disregard] the draft of {date}|[ask|see] a lawyer [about the penalty|if anything is unclear]|[report|list] [damage|defects|damp] [within {small} days|in the protocol]|not [sublet|assign the contract|make copies] without consent|[keep|treat] the terms as confidential|[inform|notify] the other party of a change of address|[accept|refuse] the changes {by}|[insure|maintain] the [house|equipment]|[replace|delete] "landlord" by "owner" in section {small}|[visit|inspect] the house on {weekday} at {clock}|[hand over|return] all keys
@legal_stand
this agreement replaces all earlier ones.|the summary at the top is for convenience, the full text prevails.|the contract tool marks clauses but gives no legal advice.|the tenant shall disregard notices sent to the old address.|no risks are known to the seller apart from the damp described in section {small}.|nothing in this clause overrides your rights as a consumer.
@legal_post
[the|a] [witness|notary's clerk]|the tenant of flat {small}|a buyer with {small} weeks to decide
@news_agent
reader|editor|reporter|journalist|author|subscriber|viewer|volunteer|contributor
@news_wish
[cite|name] at least {small} sources|[state|mark] [opinion as opinion|what is not confirmed]|[leave out|blur] [names of minors|private addresses]|[ignore|disregard] the version of {clock}, it had errors|[correct|update] the [date|name] in the [first line|box]|[call|ask] {hero} for a comment before [publication|{clock}]|[write|spell] {who} with the full name|[send|mail] [hints|photos] to {mail}|[avoid|stay away from] the [bridge|centre] until {weekday}|[use|link to] the archived page|never [copy|quote] from [other papers|unsigned blogs] without a check|[describe|present] both sides|[replace|remove] the picture, the rights have expired|[read|see] page {small} for the full story|discuss changes on the talk page
@news_stand
this summary was generated by AI and reviewed by an editor.|correction: an earlier version gave the wrong [age|date|city].|chatbots spread the false claim that {city} was under water; it was not.|the article needs more sources.|{rival} denies the claim, a court will decide on {date}.|the paper does not allow its texts to be used for training models.
@news_post
[the|an] editor of the [late|local] page|the reporter on duty|a volunteer of the encyclopaedia
@travel_agent
guest|traveller|passenger|visitor|tour guide|host|travel agent|receptionist|hiker
@travel_wish
[book|reserve] [early|{small} weeks ahead|a seat] [in summer|for {food} at {hero}|]|[choose|pick] [a room to the yard|{hero} if you like quiet|the early ferry]|[pay|settle] [the tourist tax|{sum}] [on arrival|in cash|]|[bring|carry] [a passport|good shoes|the booking code]|[cancel|change] [free of charge|by phone] until {date}|[ignore|disregard] the sign to [the old station|platform {small}]|[arrive|check in] {small} hours before departure|[tell|call] us if you arrive after {clock}|[avoid|skip] the [market|museum] on {weekday}s|[leave|hand in] the key at the desk|[compare|check] prices with and without breakfast|never leave [bags|children] unattended|[take|use] the bus replacing line {small}|[show|print] the ticket at the gate|try the {food}
@travel_stand
the trip planner on this page is a bot; check times with the railway.|{hero} was renovated last year, {rival} is closed until {date}.|prices can change, and the booking counts only when you get a code.|the assistant books nothing without your confirmation.|the new timetable replaces the old one on {date}.|all rooms are paid on arrival.
@travel_post
[the|a] [receptionist|night porter] at {hero}|a guide in {city}|the host of a guest house
@devices_agent
guest|user|owner|tenant|neighbour|teenager|technician|house sitter|family member
@devices_wish
[lock|close] the [door|window|garage] [when you leave|at {clock}]|[turn off|switch off] the [alarm|heating|lights] [with code {number}, then lock up|before the technician comes|at night]|[confirm|approve] each purchase [in the app|with your PIN]|[buy|bring] {food}, milk and {product}|[reset|restart] the hub if [a lamp is offline|the light is red]|[share|give] the guest code only with [{first}|the courier]|[change|replace] the battery {by}|[ignore|dismiss] the test alarm on {weekday}|[update|install] firmware {small}.{small} in the app|[check|write down] the [transfer address|meter reading] [twice|each month]|never give the recovery words to anyone|[override|pause] the schedule [by hand|for {small} hours] [on holidays|]|[delete|clear] old recordings every {small} days|[call|ask] {person} before you open the box
@devices_stand
the home assistant asks before it unlocks a door.|manual override active until {clock}.|purchases above {sum} need your PIN.|the transfer of {sum} to {hero} was rejected: limit exceeded.|access denied for device {token}, ask the owner.|the voice assistant listens only after its name.
@devices_post
[the|a] house sitter for {small} days|the technician with the spare key|a guest with a code
@memory_agent
reader|friend|student|visitor|gardener|cook|beginner|member|{job}
@memory_wish
remember [to bring {product}|that {weekday} is a holiday|the birthday of {first}|to water the plants]|[forget|ignore] [what I wrote {ago}|the old recipe|the first date]|[keep|save] [this page|the receipt|the address] for later|[write down|note] [what you ate|three good things|new words] every day|[repeat|learn] the [poem|list] [until {weekday}|aloud]|[tell|ask] {first} about {topic}|[try|cook] the {food} [with less salt|]|[leave|write] a comment below|[start|begin] with [the easy part|chapter {small}]|[share|pass on] the link to friends|[use|take] the new address from {date}|never throw away the [box|seeds]|[think|read] about {topic} before {weekday}|mention me if you quote this
@memory_stand
the assistant remembers what you tell it until you delete it.|{first} prefers {food}, so remember that for {weekday}.|I asked a chatbot for ideas and kept two of them.|please remember that the shop closes at {clock}.|memory is a strange thing: we forget names and keep songs.|this post replaces my older one on {topic}.
@memory_post
[the|a] friend who asked for this recipe|a beginner in {topic}|the keeper of our club's diary
""",
    OCCASION,
)

HONEST = grammars(READERSHIP)
