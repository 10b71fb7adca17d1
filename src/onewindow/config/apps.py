from django.apps import AppConfig


class CompositionConfig(AppConfig):
    """The composition root: binds handlers to events once every app is there."""

    name = "onewindow.config"
    label = "composition"

    def ready(self) -> None:
        from onewindow.config import demonstration_clock
        from onewindow.config.wiring import wire
        from onewindow.law.calendars import install
        from onewindow.spine.holidays.queries import published

        wire()
        install(published)
        demonstration_clock.install()
