"""An intervention: somebody let a failed job run once more. Born in its only state."""

from onewindow.kernel.states import NEW, Machine, Move, State
from onewindow.kernel.words import Words
from onewindow.oversight.health.policies import RETRY

INTERVENTION = Machine(
    "intervention",
    Words("人工处置", "Intervention"),
    [State("made", Words("已处置", "made"), "done")],
    [Move("retry", frozenset({NEW}), "made", RETRY, "health.job_retried", Words("重试任务", "retry a job"))],
)
