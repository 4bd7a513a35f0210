"""Ray Tune looks for the settings of an experiment with the best validation score; netc trains each trial.

  pip install 'ray[tune]==2.60.0'
  python ray_tune_search.py experiments/quickstart.yaml --out runs/search --trials 20 \
      --every 20 --set data.validation=4

The same command continues an interrupted search. The result is one JSON object on standard output; --out must be on
storage that all machines of the cluster share.
"""
import contextlib
import json
import signal
import sys

import ray
from netc_run import Run, claim, evaluated, parser, request
from ray import tune
from ray.tune.schedulers import MedianStoppingRule


def space():
    """The search space, as `netc train --set` takes it. Put yours here."""
    return {
        "learningRate": tune.loguniform(1e-4, 3e-2),
        "loss": tune.choice(["bce", "bce+dice"]),
        "Skip": tune.choice(["concat", "AttentionGate"]),
    }


class Training(tune.Trainable):
    """A trial. Its state is the run's folder, so that a trial that is begun again continues its run."""

    def setup(self, config, metric, how):
        self.metric = metric
        self.run = Run(config, **how).__enter__()
        self.validations = self.run.validations()
        self.last = 0

    def step(self):
        """Waits for the next validation; after the last one, the trial is done and has the best score of all."""
        for validation in self.validations:
            # An undefined score, 0/0, says nothing.
            if validation["step"] > self.last and validation[self.metric] is not None:
                self.last = validation["step"]
                return self.result(validation[self.metric], step=self.last)
        steps = self.run.outcome()["steps"]
        return self.result(self.run.best(), step=steps, complete=True, done=True)

    def result(self, value, **more):
        return {self.metric: value, "run": str(self.run.folder), "complete": False, **more}

    def cleanup(self):
        self.run.stop()

    def save_checkpoint(self, folder):
        return {"last": self.last}

    def load_checkpoint(self, state):
        self.last = state["last"]


def connect(address):
    if address != "local":
        ray.init(address=address)
    else:
        ray.init(address="local", include_dashboard=False, _node_ip_address="127.0.0.1")


def tuner_of(given, trainable, state):
    if tune.Tuner.can_restore(str(state)):
        return tune.Tuner.restore(str(state), trainable=trainable)
    mode = "min" if given.metric == "loss" else "max"
    scheduler = MedianStoppingRule(
        time_attr="step",
        metric=given.metric,
        mode=mode,
        grace_period=0,
        min_samples_required=given.startup,
        # A trial that waited for others would start netc anew each time.
        min_time_slice=float("inf"),
    )
    return tune.Tuner(
        trainable,
        param_space=space(),
        tune_config=tune.TuneConfig(num_samples=given.trials, scheduler=scheduler),
        run_config=tune.RunConfig(name=state.name, storage_path=str(state.parent), verbose=0),
    )


def trial_of(one, metric):
    trial = {"value": one.metrics.get(metric), "settings": one.config, "run": one.metrics.get("run")}
    if one.error:
        return {"state": "FAIL", **trial, "error": str(one.error).strip().splitlines()[-1]}
    return {"state": "COMPLETE" if one.metrics["complete"] else "PRUNED", **trial}


def report(results, metric, netc):
    trials = [trial_of(one, metric) for one in results]
    complete = [one for one in trials if one["state"] == "COMPLETE"]
    if not complete:
        return {"trials": trials, "best": None}
    best = (min if metric == "loss" else max)(complete, key=lambda one: one["value"])
    # The test images are looked at once, when everything has been chosen.
    return {"trials": trials, "best": {**best, "test": evaluated(netc, best["run"])}}


def main():
    words = parser(__doc__)
    words.add_argument("--cpus", type=float, default=1, help="of each trial")
    words.add_argument("--gpus", type=float, default=0, help="of each trial")
    words.add_argument("--address", default="local", help="of a Ray cluster; local starts Ray on this machine")
    given = words.parse_args()
    # Tune ends its trials and keeps its state at an interrupt.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    # Tune keeps how many trials there are.
    with claim(given, {"search": "ray tune", "trials": given.trials}), contextlib.redirect_stdout(sys.stderr):
        connect(given.address)
        trainable = tune.with_resources(
            tune.with_parameters(Training, metric=given.metric, how=request(given)),
            {"cpu": given.cpus, "gpu": given.gpus},
        )
        results = tuner_of(given, trainable, given.out.resolve() / "tune").fit()
        if len(results) < given.trials or not all(one.error or one.metrics.get("done") for one in results):
            sys.exit("interrupted: the same command goes on")
        result = report(results, given.metric, request(given)["netc"])
    print(json.dumps(result, indent=2))
    return 0 if result["best"] else 1


if __name__ == "__main__":
    sys.exit(main())
