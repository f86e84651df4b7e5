"""`python -m guardkit.trainer search`: Optuna over the few settings that matter, on a part of the windows.

The study lies in OUT/search.db and goes on where it stopped, also from several processes. A trial is a short training
with everything but its settings equal; what counts is the mean dev AUC of both heads and branches, over windows of
trained and of unseen sources.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import optuna

    from guardkit.trainer.loop import Run

__all__ = ["command", "search", "settings"]


@click.command(name="search")
@click.option("--out", required=True, type=click.Path(path_type=Path, exists=True), help="Folder of a prepared run.")
@click.option("--trials", default=20, show_default=True, help="In all, those of earlier calls included.")
@click.option("--windows", default=20_000, show_default=True, help="Trained on so many of the windows; 0: all.")
@click.option("--epochs", default=1.0, show_default=True)
@click.option("--minutes", default=0.0, show_default=True, help="End each trial's schedule after so long; 0: no limit.")
@click.option("--tiny", is_flag=True, help="A rehearsal, on a run that was prepared as one.")
@click.option("--seed", default=0, show_default=True)
def command(out: Path, trials: int, windows: int, epochs: float, minutes: float, tiny: bool, seed: int) -> None:
    """Search for better settings and write OUT/search.json; run again to resume."""
    found = search(out, trials, windows, {"epochs": epochs, "minutes": minutes, "seed": seed}, tiny)
    (out / "search.json").write_text(json.dumps(found, indent=1) + "\n")
    click.echo(json.dumps({name: found[name] for name in ("value", "settings", "importance")}, indent=1))


def settings(trial: optuna.trial.BaseTrial, run: Run) -> Run:
    """The run that a trial proposes."""
    weights = replace(
        run.weights,
        smoothing=trial.suggest_float("smoothing", 0.0, 0.1),
        harmful=trial.suggest_float("harmful", 0.3, 1.5, log=True),
        radius=trial.suggest_float("radius", 0.01, 0.1, log=True),
    )
    return replace(
        run,
        rate=trial.suggest_float("rate", run.rate / 4, run.rate * 4, log=True),
        new_rate=trial.suggest_float("new_rate", run.new_rate / 4, run.new_rate * 4, log=True),
        decay=trial.suggest_float("decay", 1e-3, 0.1, log=True),
        attacks=trial.suggest_int("attacks", 0, 2),
        weights=weights,
    )


def search(out: Path, trials: int, windows: int, wanted: dict[str, Any], tiny: bool) -> dict[str, Any]:
    """The best trial's value and settings, each setting's importance, and all trials."""
    import numpy as np
    import optuna

    from guardkit.trainer import stage
    from guardkit.trainer.train import train
    from guardkit.trainer.validate import validate

    seed = int(wanted["seed"])
    data, dev = stage.windows(out), stage.windows(out, "dev")
    rows = np.sort(np.random.default_rng(seed).permutation(len(data))[: windows or len(data)])
    known = frozenset(data.source.tolist())

    def value(trial: optuna.Trial) -> float:
        model = stage.begin(out, tiny, seed)
        run = settings(trial, stage.settings(model, tiny, **wanted))
        folder = out / "search" / str(trial.number)
        train(model, data, run, folder, rows=rows, title=f"trial {trial.number}")
        shutil.rmtree(folder)
        figures = validate(model, dev, known)
        trial.set_user_attr("figures", figures)
        return sum(figures.values()) / len(figures)

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(
        study_name="settings", storage=f"sqlite:///{(out / 'search.db').absolute()}", load_if_exists=True,
        direction="maximize", sampler=optuna.samplers.TPESampler(seed=seed),
    )  # fmt: skip
    done = len(study.get_trials(states=[optuna.trial.TrialState.COMPLETE]))
    study.optimize(value, n_trials=max(0, trials - done))
    finished = study.get_trials(states=[optuna.trial.TrialState.COMPLETE])
    importance = optuna.importance.get_param_importances(study) if len(finished) > 2 else {}
    return {
        "value": study.best_value,
        "settings": study.best_params,
        "importance": {name: round(float(share), 4) for name, share in importance.items()},
        "trials": [
            {"number": one.number, "value": one.value, "settings": one.params, **one.user_attrs} for one in finished
        ],
    }
