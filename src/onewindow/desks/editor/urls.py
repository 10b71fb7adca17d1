from django.urls import path

from onewindow.desks.editor import beginning, previewing, reviewing, samples, saving, versions, views

urlpatterns = [
    path("editor/", views.front, name="editor"),
    path("editor/new/", beginning.new, name="editor-new"),
    path("editor/<slug:item>/", views.item, name="editor-item"),
    path("editor/<slug:item>/open/", views.begin, name="editor-open"),
    path("editor/<slug:item>/condition/", views.condition, name="editor-condition"),
    path("editor/<slug:item>/rests-on/", views.rests_on, name="editor-rests-on"),
    path("editor/<slug:item>/save/", saving.save, name="editor-save"),
    path("editor/<slug:item>/change/", saving.change, name="editor-change"),
    path("editor/<slug:item>/undo/", saving.undo, name="editor-undo"),
    path("editor/<slug:item>/samples/", samples.upload, name="editor-samples"),
    path("editor/<slug:item>/preview/", previewing.preview, name="editor-preview"),
    path("editor/<slug:item>/review/", reviewing.review, name="editor-review"),
    path("editor/<slug:item>/do/<slug:verb>/", reviewing.decide, name="editor-do"),
    path("editor/<slug:item>/rebase/", reviewing.rebase, name="editor-rebase"),
    path("editor/<slug:item>/versions/", versions.versions, name="editor-versions"),
    path("editor/<slug:item>/withdraw/", versions.withdraw, name="editor-withdraw"),
    path("editor/<slug:item>/editions/", versions.editions, name="editor-editions"),
    path("editor/<slug:item>/editions/<int:n>/restore/", versions.restore, name="editor-restore"),
    path("items/sample/<slug:sm3>/", samples.sample, name="item-sample"),
]
