"""What a server does beside its requests: started here, by `serve` and by `work`, and by nobody else."""

from classifier.accounts import housekeeping
from classifier.feedback import tasks
from classifier.model_registry import poller
from classifier.predictions import account_deletion, model_comparison, reclassification
from classifier.search.catching_up import catch_up_in_background
from classifier.storage.sweep import sweep_in_background


def start() -> None:
    """Starts the threads, which end with the process. Each job is done by one process of all at a time."""
    poller.start_poller()
    sweep_in_background()
    housekeeping.clear_in_background()
    catch_up_in_background()
    account_deletion.delete_in_background()
    reclassification.follow_in_background()
    model_comparison.follow_in_background()
    tasks.work_in_background()
