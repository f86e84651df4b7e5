"""The group of all commands, and those of a single text: check, decode; also doctor and serve."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from guardkit import __version__
from guardkit.cli import screen
from guardkit.cli.labelled import evaluate, tune
from guardkit.cli.redteaming import redteam
from guardkit.cli.scanning import scan
from guardkit.errors import GuardError, InputError, ModelError
from guardkit.verdict import CHANNELS, Action, Channel

if TYPE_CHECKING:
    from guardkit.evidence import Contribution

__all__ = ["cli"]

ERROR = 3
SERVER = ("starlette", "uvicorn", "prometheus_client", "anyio")  # what the extra `server` brings
LARGEST = 16  # bodies of the largest size that a server holds at once
EXIT: dict[Action, int] = {"allow": 0, "flag": 1, "redact": 1, "block": 2}

Command = TypeVar("Command", bound=Callable[..., Any])


class Commands(click.Group):
    """A group whose every failure exits with 3: click's own 1 and 2 are verdicts here."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        code = ERROR
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False}) or 0
        except click.exceptions.NoArgsIsHelpError as error:
            screen.complain(error.format_message(), prefix="")
        except click.ClickException as error:
            screen.complain(error.format_message())
            if isinstance(error, click.UsageError) and error.ctx is not None:
                screen.complain(f"Try '{error.ctx.command_path} --help'.", prefix="")
        except ModelError as error:
            screen.complain(f"{error}\n'guardkit doctor' says more; --rules-only works without the model.")
        except GuardError as error:
            screen.complain(str(error))
        except click.Abort:
            screen.complain("interrupted")
        except SystemExit:  # click's answer to a closed pipe: 1, which would read as "flag"
            pass
        except OSError as error:  # a full disk behind standard output, and what else the system refuses
            about = f" {error.filename}" if error.filename else ""
            screen.complain(f"cannot read or write{about}: {error.strerror or type(error).__name__}")
        except Exception:
            screen.complain(f"a bug in guardkit\n{traceback.format_exc()}")
        _written(sys.stderr)
        sys.exit(code if _written(sys.stdout) else ERROR)


def _written(stream: TextIO | None) -> bool:
    """Whether a stream is rid of what it holds; where it is not, that is given up.

    Python would try again at its end, and exit with a code of its own.
    """
    if stream is None:
        return True
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True


def source(command: Command) -> Command:
    """The text of a command: an argument, standard input or a file."""
    command = click.option("--file", type=click.Path(path_type=Path), help="Read the text from a UTF-8 file.")(command)
    return click.argument("text", required=False)(command)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="guardkit", message="%(prog)s %(version)s")
def cli() -> None:
    """Check texts for prompt injections, jailbreaks and hidden attacks, offline.

    Exit codes: 0 allow, 1 flag or redact, 2 block, 3 error.
    """


@cli.command()
@source
@click.option("--channel", type=click.Choice(CHANNELS), default="user", show_default=True, help="Who wrote the text.")
@click.option("--policy", help="strict, balanced, permissive or a TOML file. Default: $GUARDKIT_POLICY, else balanced.")
@click.option("--rules-only", is_flag=True, help="Without the model.")
@click.option("--explain", is_flag=True, help="Also show which sentences carry the score.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check(
    text: str | None,
    file: Path | None,
    channel: Channel,
    policy: str | None,
    *,
    rules_only: bool,
    explain: bool,
    as_json: bool,
) -> int:
    """Check TEXT, or standard input if TEXT is "-". Write -- before a TEXT that starts with a dash.

    Exit codes: 0 allow, 1 flag or redact, 2 block, 3 error.
    """
    content = _content(text, file)
    with screen.working("checking"):
        from guardkit.guard import Guard

        guard = Guard(policy, model=None if rules_only else "default")
        verdict = guard.check(content, channel)
        carried = guard.explain(content, channel) if explain else None
    if as_json:
        more = {} if carried is None else {"explanation": [_plain(one) for one in carried]}
        screen.data({**verdict.to_dict(), **more})
    else:
        screen.verdict(content, verdict, carried)
    return EXIT[verdict.action]


@cli.command()
@source
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def decode(text: str | None, file: Path | None, *, as_json: bool) -> int:
    """Show everything that TEXT turns into when it is normalised and decoded, and how."""
    content = _content(text, file)
    with screen.working("decoding"):
        from guardkit.pipeline import analyze

        analysis = analyze(content)
    if as_json:
        views = [{"chain": list(view.chain), "span": list(view.span()), "text": view.text} for view in analysis.views]
        screen.data({"views": views, "truncated": analysis.truncated, "degraded": "; ".join(analysis.degraded)})
    else:
        screen.views(analysis)
    return 0


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def doctor(*, as_json: bool) -> int:
    """Check the installation: versions, model, speed, and a self-test on known attacks and harmless texts."""
    from guardkit.cli.doctor import examine

    with screen.working("examining the installation"):
        report = examine()
    if as_json:
        screen.data(report.to_dict())
    else:
        screen.report(report)
    return ERROR if report.problems else 0


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--policy",
    "policies",
    multiple=True,
    help="strict, balanced, permissive or a TOML file. Repeat it for more that requests may name; the first is the "
    "default. Without it: $GUARDKIT_POLICY, else balanced, and all presets.",
)
@click.option("--rules-only", is_flag=True, help="Without the model.")
@click.option("--keys-file", help="File of API keys, one a line. Default: those in $GUARDKIT_API_KEYS.")
@click.option("--public", is_flag=True, help="Listen on the network without an API key.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes, each with its model.")
@click.option("--threads", type=click.IntRange(1), help="That check, in each process. Default: the cores.")
@click.option("--queue", default=1_024, show_default=True, type=click.IntRange(1), help="Texts that may wait.")
@click.option(
    "--body-limit",
    default=4 * 1024 * 1024,
    show_default=True,
    type=click.IntRange(1),
    help="Bytes of one request; 16 times that are held at once.",
)
@click.option("--timeout", default=30.0, show_default=True, help="Seconds from a request to its answer.")
@click.option("--drain", default=0.0, show_default=True, help="Seconds of service after the signal to stop.")
def serve(
    host: str, port: int, policies: tuple[str, ...], *, rules_only: bool, keys_file: str | None, public: bool,
    workers: int, threads: int | None, queue: int, body_limit: int, timeout: float, drain: float,
) -> int:  # fmt: skip
    """Serve the guard over HTTP until a signal says stop: POST /v1/check, a page to try it on, OpenAPI, metrics."""
    try:
        from guardkit import server
    except ModuleNotFoundError as error:
        package = (error.name or "").split(".")[0]
        if package not in SERVER:
            raise
        raise click.ClickException(f'guardkit serve needs {package}: pip install "guardkit[server]"') from error
    settings = server.Settings(
        policies, None if rules_only else "default", keys_file, body=body_limit, volume=LARGEST * body_limit,
        queue=queue, timeout=timeout, drain=drain, **({} if threads is None else {"threads": threads}),
    )  # fmt: skip
    server.serve(settings, host, port, workers=workers, public=public)
    return 0


for _command in (evaluate, tune, scan, redteam):
    cli.add_command(_command)


def _content(text: str | None, file: Path | None) -> str:
    """The text that the command is about."""
    if (text is None) == (file is None):
        raise click.UsageError('give one text: as an argument, as "-" for standard input, or with --file')
    if file is None and text != "-":
        return text or ""
    name = "standard input" if file is None else str(file)
    if file is None and sys.stdin is None:
        raise InputError("cannot read standard input: it is closed")
    try:
        data = sys.stdin.buffer.read() if file is None else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror}") from error
    except ValueError as error:
        at = f" (byte {error.start:,})" if isinstance(error, UnicodeDecodeError) else ""
        raise InputError(f"{name} is not UTF-8 text{at}: guardkit checks text, extract or convert it first") from error


def _plain(one: Contribution) -> dict[str, Any]:
    return {"span": list(one.span), "score": one.score, "drop": one.drop}
