# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""What developers write to one another: issues, pull requests, reviews, forum questions and mailing lists.

They are full of orders (templates, robots, maintainers), of commands to run, of things that are ignored, bypassed and
overridden, and they quote markup, logs and prompts. Attacks come in the same threads (`thread`), or else the genre
itself would tell.
"""

from __future__ import annotations

import json
from random import Random

from .grammar import Grammar
from .pool import Pool
from .prose import PROSE, Document

TRACKER = Grammar(
    """
@digit1
1|2|3|4|5|6|7|8|9
@version
[v|]{digit}.{digit}.{digit}|{digit}.{digit}{digit}[.{digit}|][-rc{digit}|-beta|]|{digit}.{digit}|20{digit}{digit}.{digit}|main|latest|nightly|commit {hash}
@hex
a|b|c|d|e|f|0|1|2|3|4|5|6|7|8|9
@hash
{hex}{hex}{hex}{hex}{hex}{hex}{hex}|{hex}{hex}{hex}{hex}{hex}{hex}{hex}{hex}{hex}{hex}
@handle
[@]{first_low}[{digit}{digit}|-dev|_|{last_low}|]|[@][dev|code|the|mr|real|open|night|data|null][cat|smith|fox|ops|pointer|bear|hub|{last_low}]|[@]{org}/[core|maintainers|docs|infra]
@first_low
anna|omar|lena|raj|mei|tom|ines|kofi|yuki|pavel|sara|luis|noor|finn|ada|ivan
@last_low
k|m|berg|costa|khan|park|silva|novak|li|owens
@org
[open|fast|tiny|net|data|py|node|rust|cloud|blue][grid|forge|stack|works|labs|base|flow|kit]
@project
[react|vue|svelte|django|flask|rails|spring|electron|tokio|torch|pandas|grafana|terraform|ansible|flutter|godot|webpack|eslint|postgres|redis|kafka|vscode|neovim|ffmpeg|opencv|llama]-[router|plugin|client|sdk|theme|loader|table|driver|core|cli|forms|utils]|[the |][compiler|bundler|parser|debugger|editor|installer|CLI|language server|test runner|SDK|scheduler|tokenizer|docs site|Docker image|VS Code extension|REST client|web UI|mobile app|date picker|agent loop|prompt builder|chat widget|training script]
@part
[the |][`{ident}()`|`{ident}`|`{ident}.{ident}`|`--{flagname}`|`{ident}` [option|prop|hook|field|flag|setting]|config file|cache|lock file|sidebar|dropdown|login page|export|type hints|generic constraint|event handler|background worker|retry logic|proxy setting|dark theme|keyboard shortcut|default value|error message|migration|checksum|memory usage|rate limiter|permission check|system prompt|chat template|tool call|attention mask|gradient|embedding layer]
@flagname
[no-|skip-|force-|dry-|allow-][cache|run|checks|ssl|unsafe|warnings|lint|root|merge]|verbose|watch|strict|inplace|max-tokens|ignore-scripts|legacy-peer-deps
@os
[Windows 1{digit}[ {digit}{digit}H2|]|macOS 1{digit}.{digit}[ (M{digit1})|]|Ubuntu 2{digit}.04|Debian 1{digit}|Fedora {digit}{digit}|Arch|Alpine in Docker|WSL2|Android 1{digit}|iOS 1{digit}|CentOS 7]
@runtime
[Python 3.{digit}|Node 1{digit}|node v2{digit}.{digit}.0|Java 1{digit}|Go 1.2{digit}|Rust 1.{digit}{digit}|.NET {digit}|PHP 8.{digit}|Chrome 1{digit}{digit}|Firefox 1{digit}{digit}|Safari 1{digit}|CUDA 1{digit}.{digit}|gcc 1{digit}]
@error
[TypeError|ReferenceError]: [{ident} is not [defined|a function|iterable]|cannot [read|set] properties of undefined (reading '{ident}')]|SyntaxError: unexpected token {digit} in JSON|AttributeError: module '{ident}' has no attribute '{ident}'|RuntimeError: CUDA out of memory|RecursionError: maximum recursion depth exceeded|[ValueError|AssertionError]: expected {ident}, got None|KeyError: '{ident}'|ImportError: cannot import name '{ident}'|[Segmentation fault (core dumped)|panic: runtime error: index out of range (#{number})|java.lang.NullPointerException|ECONNREFUSED 127.0.0.1:{number}|fatal: refusing to merge unrelated histories|403 Forbidden|429 Too Many Requests|exit code 1{digit}{digit}|undefined symbol: {ident}|npm ERR! code ERESOLVE|failed to resolve: {ident}:{version}|error TS2{digit}{digit}{digit}: Argument of type '{ident}' is not assignable|assertion failed: left == right|permission denied (publickey)]
@command
[git [clone https://github.com/{org}/{ident}|checkout {hash}|rebase -i HEAD~{digit1}|push --force-with-lease|bisect start]|pip install [-U |-e .|{ident}=={version}|--no-deps {ident}]|npm [ci|install --{flagname}|run build|test|cache clean --force]|yarn [install|dev|add {ident}]|cargo [run --release|test|update -p {ident}]|docker [build -t {ident} .|compose up|run --rm -it {ident} bash|system prune -a]|make [clean all|test|-j{digit1}]|python [main.py --{flagname}|-m {ident} --{flagname} {number}]|kubectl [delete pod {ident}|apply -f {file}]|rm -rf [node_modules|.venv build|~/.cache/{ident}]|sudo [apt-get update|systemctl restart {ident}|chown -R $USER .]|curl -X POST http://localhost:{number}/v1/{ident}|conda env create -f {file}|./configure && make|go mod tidy|flutter clean|export {env}=[true|0|{token}]]
@bug
[after [upgrading|updating|switching] to {version}, |since {version}, |on {os}, |with {runtime}, |when [I run|running|calling] {part}, |in production, |sometimes |]{part} [no longer works|crashes|hangs|returns [null|the wrong [value|type|order]|an empty list]|throws|is ignored|leaks memory|is {digit1}x slower|flickers|does not [respect|honour|pick up] {part}|overrides {part}|silently fails|gets reset|prints garbage|shows the old [value|text]].
[it|this] [seems|looks] [related to|like a duplicate of|similar to|like a regression from] [#{number}|{part}|PR #{number}|commit {hash}].|the [log|console|terminal|stack trace] [says|shows]: {error}.|[I get|we get|users see|this raises] `{error}` [every time|about once in {number} runs|only [in CI|on {os}|with more than one worker]|].|[nothing|only a blank page|a spinner] [happens|is shown] [when I click {part}|after login|on a slow connection|].
[I|we] [expected|would expect] [that {part} [is ignored|is applied|wins over {part}|stays unchanged|returns {number}]|the same result as [before|in {version}|{project}]|an error instead of silence].|[the previous|the old|an earlier] [version|instruction|prompt|handler|rule] is [ignored|forgotten|overwritten|kept] [after the second call|as soon as {part} is set|, which is not what the docs say|].|[the model|the agent|the bot|the linter|the parser] [ignores|forgets|repeats|leaks] [{part}|its [system prompt|instructions|settings]|everything after the first [line|turn]] [when {part} is long|since {version}|in streaming mode|].
[I am [new to|a happy user of|evaluating|maintaining a fork of] {project}[, so sorry if this is [known|obvious]|].|we [use|run|ship] {project} [in production|for {number} users|at {firm}] [and [like it|it was fine until {version}]|].|{tech}|{tech} but {part} does not.|{tech} {tech}]
@repro
[clone|open|run|start|install|create|click|set|add|call|import|resize|delete|hover over|log in to|switch to] [{part}|{project}|a new project|the demo|`{command}`|the attached [repo|file|sandbox]|{url}] [with [the default|an empty|a large] [config|input|cache]|twice|and wait [a few seconds|{number} ms]|as [another user|admin|root]|in a private window|].
@ask_dev
[please |could you [please |]|can [someone|anyone|you] [please |]|would you mind to |kindly ][provide|share|post|attach|add|send] [a minimal [reproduction|example|repro]|the full [log|stack trace|output]|your {part}|the output of `{command}`|a failing test|the version of {project} you use|more [details|context]|a screenshot][ so [I|we] can [look into it|reproduce it]|. thanks|].
[please |could you |can you |][try|test|check|see if|confirm that|verify whether] [{version}|the [latest|nightly] [build|release]|`{command}`|it still happens with {version}|disabling {part} [helps|fixes it]|the workaround [above|in #{number}] works][ and [let us know|report back|reopen if needed]|].|[please |][rebase|squash|fix the conflicts|rename this|split this|revert this [change|part]|remove this [line|import]|move this to {file}|use {part} instead|update the [docs|snapshot|changelog]|add a [test|type hint|comment]][ before [I|we] merge|, otherwise CI [fails|will not run]|. LGTM otherwise|].
[run|just run|you need to run|first run|then run] `{command}`[, then `{command}`| and [restart|try again|ignore the warning]| in the root of the repo|].|[don't|do not|never|please don't] [use {part} here|commit {file}|call {part} directly|open a new issue|ping maintainers|post screenshots of code|edit [generated files|{file} by hand]|force-push after review][, [see|as described in] [CONTRIBUTING.md|#{number}|{url}]|].|[ignore|disregard|forget|scratch] [my [last|previous|earlier] [comment|message|question]|the [comment|instructions|steps] above|what I [said|wrote] [above|before]|that][, [I was on the wrong branch|I misread the log|it was a typo|the cache was stale|it works now]].
[send|email|mail|forward] [me|us|security@{domain}|{email}] [the [dump|core file|token scopes|license file]|the details, since this may be a security problem|your key fingerprint|a private link].|[you|users|we] [can|have to|must|should] [override|bypass|disable|reset|unset|ignore|skip|delete] {part}[ with `--{flagname}`| by setting `{env}`| until {version} is out| for now|].
@answer
[thanks|thank you|thx] [for [the report|reporting|the PR|the quick fix|digging into this]|{handle}|both][!|.]|[fixed|closed|reverted|released] [in|by|with] [{version}|#{number}|{hash}].|duplicate of #{number}.|works for me [on {os}|with {version}|].|+1[, same here|, any news?|].|[same|similar] [problem|issue] here [with {runtime}|on {os}|].|[I can|we could] [reproduce|confirm] [this|it] [on {os}|with {version}|].|[the root cause|the culprit|the reason|what happens] is [that |]{part} [runs before {part}|is never called|assumes a trailing newline|was removed in {version}|caches the first result].|[as a workaround|for now|in the meantime], [you can [use|set|pin|downgrade to] [{part}|{version}|`{ident}: false`]|run `{command}`|I patched {file}].|[this is|it's] [by design|expected|a known limitation|upstream, see {url}|a breaking change of {version}].|I will [take a look|open a PR|bisect it] [this weekend|tomorrow|next week|].|any [update|progress|ETA] on this?|{handle} [what do you think?|can you have a look?|is this yours?|assigned.]|PRs [are |]welcome.|{tech}
@robot
this issue has been automatically marked as stale because it has not had recent activity. it will be closed [in {number} days|soon] if no further activity occurs[. thank you for your contributions|].|[closing|this was closed] due to inactivity[. comment to reopen|].|[thank you for your [submission|pull request]|thanks for opening this], [we [ask|require] that you [sign|agree to] our [CLA|contributor licence agreement] before we can accept your contribution|a maintainer will review it soon|please make sure that you have read CONTRIBUTING.md].|[bumps|updates] {ident} from {version} to {version}. [you can trigger a rebase by commenting `@depbot rebase`|@depbot will resolve any conflicts with this PR as long as you don't alter it yourself|`@depbot ignore this major version` will close this PR and stop creating any more for it].|coverage [decreased|increased] (-{digit}.{digit}%) to {digit}{digit}.{digit}% when pulling {hash} into main.|[build|deploy preview|check] [succeeded|failed|is ready] [for commit {hash}|: {url}|].|this thread has been automatically locked since there has not been any recent activity after it was closed. please open a new issue for related bugs.|[hi|hello] {handle}! [please [fill in|complete|follow|use] the [issue |]template|your title must start with [a type|fix: or feat:]|add the label `{ident}`], [otherwise|or] this [issue|PR] will be closed automatically.|/[assign|label|close|retest|lgtm|approve|hold] [{handle}|{ident}|]
@hint
[please |][fill in|complete|follow|read|check|answer] [the [template|checklist|questions] below|all fields|the [FAQ|docs|contributing guide] first|everything marked with a star][, [issues|requests] without [it|a reproduction] will be closed|. do not delete [this section|the headings]|].|[thanks|thank you] for [taking the time to fill out this [bug report|form]|contributing]!|[before|when] [submitting|opening|filing] [an issue|a PR], [search|make sure to search] [for duplicates|existing issues|the discussions] [and [use the latest version|read the code of conduct]|].|[delete|remove|ignore|replace] [this [line|comment|text|section]|the text above|everything in brackets|what does not apply] [before submitting|when done|and write your own|].|[a clear and concise description of [what the bug is|what you want to happen|any alternative solutions]|tell us what [happened|you expected]|if applicable, add [screenshots|logs] to help explain your problem|list the steps so that [we|others] can reproduce it|use [backticks|code fences] for [code|logs]|never paste [passwords|tokens|keys] here].
@check_item
I have [read|searched|followed|checked] [the [docs|FAQ|contributing guide|code of conduct|existing issues|changelog]|closed issues too].|I [am using|use|tested with] the latest [version|release].|[tests|docs|types|changelog|snapshots] [added|updated|pass locally].|[this is|not] a breaking change.|I [agree to follow|accept] [the code of conduct|the licence].|I have [removed|masked] [secrets|personal data] from the logs.
@wishes
[it would be [great|nice|useful] [if|to have]|I'd like|we need|please [add|support|consider]|feature request:|is there a way to have] [an option to [ignore|override|disable|hide|skip|bypass|reset] {part}|support for {runtime}|{part} in [the docs|the config|{project}]|a [flag|hook|setting] [that ignores|to override|which resets] {part}|{project} on {os}|translations for {language}|a dark [theme|mode]].|[the use case is|why:|motivation:|my problem is] [we [run|ship|test] {project} [with many users|behind a proxy|on {os}]|{part} [takes|needs] {number} [ms|MB]|our users [keep asking|cannot find {part}]].|[alternatives I considered|right now we|at the moment I] [patch {file}|fork {project}|set {part} by hand|use {project}, but it ignores {part}].|[describe|document|explain] [{part}|how {part} works|what `--{flagname}` does] [in the README|with an example|].
@change
[fixes|closes|resolves|refs|part of] #{number}[.|, #{number}.|]|[fix|feat|chore|docs|refactor|perf|test|ci|revert|build][({ident})|]: [ignore|override|drop|rename|handle|support|bump|skip|cache|validate|remove|reset|expose|allow|forbid] [{part}|empty {ident}|unknown {ident}s|previous {ident}|{project}|old {runtime}].|[this PR|this change|this patch|the second commit] [adds|removes|renames|makes|rewrites|speeds up|fixes] {part}[ so that {part} [is ignored|wins|can be overridden|is no longer public]| and [deprecates|keeps] {part}|].|[no|some] [functional|user-facing|API] changes.|[reviewers|{handle}|reviewer]: [please |][look at|focus on|check|start with|ignore] [{file}|the second commit|the whitespace|the generated code|the tests|{part}].|[how to test|testing|to verify]: [run|check out this branch and run] `{command}`[ and [open|compare|look at] {part}|].
@title
{part} [is broken|crashes|is ignored|not working] [on {os}|with {runtime}|after {version}|]|[bug|regression|question|feature request|docs|RFC|help wanted]: {part} [and {part}|in {project}|]|[how [do I|can I|to]|why does|is it possible to] [override|disable|ignore|use|reset|mock|configure] {part}[ in {project}|]?|{error}|[support|add|remove|drop|improve|document] {part}|[{ident}: |][unexpected|wrong|missing|misleading] [output|types|warning] [for|in] {part}|{project} {version} released
""",
    PROSE,
)
_CODE = (
    "{command}[\n{command}|][\n> {error}|]", "{command}\n{error}", "{code_line}\n{code_line}[\n{code_line}|][\n{code_line}|]",
    "{error}\n    at {ident} ({file}:{number}:{digit})\n    at {ident} ({file}:{number}:{digit1})",
    'Traceback (most recent call last):\n  File "{file}", line {number}, in {ident}\n    {code_line}\n{error}',
    "{logline}\n{logline}[\n{logline}|]", '{ident}: {number}\n{ident}: "{token}"\n{ident}:\n  - {ident}',
)  # fmt: skip
_HEADS = {
    "bug": ("Describe the bug", "What happened", "Bug description", "Summary", "Current behavior", "Problem", "Description"),
    "repro": ("Steps to reproduce", "To Reproduce", "Reproduction", "How to reproduce", "Minimal example"),
    "expected": ("Expected behavior", "What did you expect?", "Expected result", "Expected"),
    "env": ("Environment", "System info", "Versions", "Your environment", "Setup"),
    "wishes": ("Proposal", "Feature request", "Is your feature request related to a problem?", "Motivation", "Describe the solution you'd like"),
    "change": ("Description", "Changes", "What does this PR do?", "Summary", "Why"),
    "check": ("Checklist", "Before submitting", "Prerequisites", "PR checklist"),
    "notes": ("Additional context", "Notes", "Anything else?", "Logs", "Screenshots", "Workaround"),
}  # fmt: skip


def _said(rng: Random, rule: str, most: int) -> str:
    """Returns up to `most` different sentences of a rule; some writers use no capitals."""
    rows = dict.fromkeys(TRACKER.say(rng, f"{{{rule}}}") for _ in range(rng.randint(1, most)))
    text = " ".join(row for row in rows if row)
    return text[:1].lower() + text[1:] if rng.random() < 0.12 else text


def _code(rng: Random) -> str:
    body = TRACKER.raw(rng, rng.choice(_CODE))
    fence = rng.choice(("```", "```", "```", "~~~", ""))
    if not fence:
        return "\n".join("    " + row for row in body.split("\n"))
    return f"{fence}{rng.choice(('', '', 'bash', 'python', 'js', 'shell', 'text', 'yaml', 'log'))}\n{body}\n{fence}"


def _rows(rng: Random, rule: str, marks: tuple[str, ...]) -> str:
    mark = rng.choice(marks)
    rows = [TRACKER.say(rng, f"{{{rule}}}") for _ in range(rng.randint(2, 5))]
    return "\n".join((f"{at}. " if mark == "1" else mark) + row for at, row in enumerate(rows, 1))


def _environment(rng: Random) -> str:
    facts = ["{os}", "{runtime}", "{version}", "{project}"]
    names = ["OS", "Runtime", "Version", "Package"]
    mark, gap = rng.choice(("- ", "* ", "", "**")), rng.choice((": ", ": ", " = "))
    rows = [f"{mark}{name}{'**' if mark == '**' else ''}{gap}{TRACKER.raw(rng, fact)}" for name, fact in zip(names, facts, strict=True)]  # fmt: skip
    rng.shuffle(rows)
    return "\n".join(rows[: rng.randint(1, 4)])


_PARTS = {
    "bug": lambda rng: _said(rng, "bug", 4),
    "repro": lambda rng: _rows(rng, "repro", ("1", "1", "1", "- ", "* ")) if rng.random() < 0.7 else _code(rng),
    "expected": lambda rng: _said(rng, "bug", 2),
    "env": _environment,
    "wishes": lambda rng: _said(rng, "wishes", 4),
    "change": lambda rng: _said(rng, "change", 4) if rng.random() < 0.6 else _rows(rng, "change", ("- ", "* ")),
    "check": lambda rng: _rows(rng, "check_item", ("- [x] ", "- [ ] ", "- [X] ", "* [ ] ")),
    "notes": lambda rng: _code(rng) if rng.random() < 0.5 else _said(rng, rng.choice(("bug", "answer", "ask_dev")), 2),
}
_SHAPES = (("bug", "repro", "expected", "env", "notes"), ("check", "bug", "repro", "expected"), ("wishes", "notes"), ("wishes", "check"), ("change", "notes", "check"), ("change",), ("bug",), ("bug", "notes"), ("env", "bug", "notes"))  # fmt: skip


def _report(rng: Random) -> list[str]:
    """Returns the parts of an issue or a pull request, with the headings and hints of its template or without."""
    shape = rng.choice(_SHAPES)
    style = rng.choice(("## ", "### ", "**", "", "# ", None, None, None))
    parts = []
    for name in shape:
        if rng.random() < 0.15:
            continue
        body = _PARTS[name](rng)
        if rng.random() < 0.18:
            hint = _said(rng, "hint", 2)
            body = rng.choice(
                (f"<!-- {hint} -->\n{body}", f"<!--\n{hint}\n-->\n{body}", f"{hint}\n\n{body}", f"_{hint}_\n{body}")
            )
        if style is not None:
            head = rng.choice(_HEADS[name])
            body = f"{style}{head}{'**' if style == '**' else rng.choice(('', '', ':'))}\n{rng.choice(('', chr(10)))}{body}"
        parts.append(body)
    return parts or [_said(rng, "bug", 3)]


def _comments(rng: Random, most: int) -> list[str]:
    """Returns what others, maintainers and robots say below, some of it under their names or quoting what stands above."""
    kinds = ("answer", "answer", "answer", "ask_dev", "ask_dev", "robot", "bug", "change")
    named = rng.choice(("{handle}: ", "**{first}** commented {on}\n", "{first} wrote:\n", "{first_low}: ", "", ""))
    said = []
    for _ in range(rng.randint(0, most)):
        text = _said(rng, rng.choice(kinds), 3)
        if rng.random() < 0.15:
            text = f"> {_said(rng, rng.choice(('bug', 'ask_dev')), 1)}\n\n{text}"
        if rng.random() < 0.12:
            text = f"{text}\n\n{_code(rng)}"
        said.append(TRACKER.raw(rng, named) + text)
    return said


def _whole(rng: Random) -> tuple[list[str], str]:
    """Returns the parts of one thread from its title to its last comment, and what stands between them."""
    kind = rng.random()
    if kind < 0.2:  # comments alone: a review, a chat
        parts = _comments(rng, 5) or [_said(rng, "ask_dev", 3)]
    else:
        parts = [*_report(rng), *_comments(rng, rng.choice((0, 0, 0, 1, 3)))]
    if rng.random() < 0.75:
        title = TRACKER.say(rng, "{title}")
        parts.insert(0, rng.choice((title, title, f"# {title}", f"Title: {title}", f"Subject: Re: {title}", f"[{TRACKER.raw(rng, '{org}')}] {title} #{rng.randint(1, 99999)}")))  # fmt: skip
    return parts, rng.choice(("\n\n", "\n\n", "\n\n", "\n", "\r\n\r\n", " "))


def _framed(rng: Random, text: str) -> str:
    """Returns the text as it is, cut, flattened, or in the JSON of an interface."""
    style = rng.random()
    if style < 0.08:
        return " ".join(text.split())
    if style < 0.14:
        return text[: rng.randint(len(text) // 2, len(text))]
    if style < 0.24:
        row = {"number": rng.randint(1, 99999), "state": rng.choice(("open", "closed")), rng.choice(("body", "text", "comment")): text}  # fmt: skip
        return json.dumps(row, ensure_ascii=False)
    return text


def tracked(rng: Random, pool: Pool) -> str:
    """Returns a harmless issue, pull request, review or thread."""
    parts, gap = _whole(rng)
    return _framed(rng, gap.join(parts))


def thread(rng: Random, pool: Pool, message: str) -> tuple[str, int]:
    """Returns such a thread that holds the message, and where it starts."""
    parts, gap = _whole(rng)
    at = rng.randint(0, len(parts))
    mark, end = rng.choice((("", ""), ("", ""), ("", ""), ("<!-- ", " -->"), ("> ", ""), ("- ", ""), ("Note: ", ""), ("<details>\n", "\n</details>")))  # fmt: skip
    if rng.random() < 0.3:
        mark = TRACKER.raw(rng, "[{handle}: |{first} wrote:\n|**{first}** commented {on}\n]") + mark
    before = gap.join(parts[:at]) + (gap if at else "") + mark
    after = end + (gap + gap.join(parts[at:]) if at < len(parts) else "")
    return before + message + after, len(before)


TRACKERS: tuple[Document, ...] = (tracked,)
