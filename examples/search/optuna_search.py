"""Optuna looks for the settings of an experiment with the best validation score; netc trains each trial.

  pip install optuna==5.0.0
  python optuna_search.py experiments/quickstart.yaml --out runs/search --trials 20 \
      --every 20 --set data.validation=4

The same command continues an interrupted search. The result is one JSON object on standard output.
"""
import json
import signal
import sys

import optuna
from netc_run import Failed, Run, claim, evaluated, parser, request
from optuna.trial import TrialState


def settings(trial):
    """The search space, as `netc train --set` takes it. Put yours here."""
    return {
        "learningRate": trial.suggest_float("learningRate", 1e-4, 3e-2, log=True),
        "loss": trial.suggest_categorical("loss", ["bce", "bce+dice"]),
        "Skip": trial.suggest_categorical("Skip", ["concat", "AttentionGate"]),
    }


def objective_of(metric, how):
    def objective(trial):
        chosen = settings(trial)
        run = Run(chosen, **how)
        trial.set_user_attr("settings", chosen)
        trial.set_user_attr("run", str(run.folder))
        try:
            with run:
                for validation in run.validations():
                    # An undefined score, 0/0, says nothing.
                    if validation[metric] is None:
                        continue
                    trial.report(validation[metric], validation["step"])
                    if trial.should_prune():
                        raise optuna.TrialPruned
                return run.best()
        except Failed as failed:
            trial.set_user_attr("error", str(failed))
            raise

    return objective


def continue_interrupted(study):
    """A trial that was running when the search was ended is tried again by its settings, which continues its run."""
    for trial in study.get_trials(states=[TrialState.RUNNING]):
        study.tell(trial.number, state=TrialState.FAIL)
        if trial.params:
            study.enqueue_trial(trial.params)


def is_done(trial):
    return trial.state in (TrialState.COMPLETE, TrialState.PRUNED) or "error" in trial.user_attrs


def report(study, netc):
    trials = [
        {"state": trial.state.name, "value": trial.value, **trial.user_attrs}
        for trial in study.trials
        if is_done(trial)
    ]
    complete = study.get_trials(states=[TrialState.COMPLETE])
    if not complete:
        return {"trials": trials, "best": None}
    best = study.best_trial
    # The test images are looked at once, when everything has been chosen.
    test = evaluated(netc, best.user_attrs["run"])
    return {"trials": trials, "best": {"value": best.value, **best.user_attrs, "test": test}}


def main():
    words = parser(__doc__)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    # Optuna takes an interrupt for a failure of the trial; this one leaves it as running, to be continued.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    with claim(given, {"search": "optuna"}):
        study = optuna.create_study(
            study_name="netc",
            storage=f"sqlite:///{given.out}/optuna.db",
            load_if_exists=True,
            direction="minimize" if given.metric == "loss" else "maximize",
            pruner=optuna.pruners.MedianPruner(n_startup_trials=given.startup),
        )
        continue_interrupted(study)
        # Not the numbers of an earlier session once more.
        study.sampler = optuna.samplers.TPESampler(seed=given.seed + len(study.trials))
        left = given.trials - sum(map(is_done, study.trials))
        if left > 0:
            objective = objective_of(given.metric, request(given))
            study.optimize(objective, n_trials=left, catch=(Failed,))
        result = report(study, request(given)["netc"])
    print(json.dumps(result, indent=2))
    return 0 if result["best"] else 1


if __name__ == "__main__":
    sys.exit(main())
