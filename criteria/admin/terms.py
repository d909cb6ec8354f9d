from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from criteria.models import Term


@admin.register(Term)
class TermAdmin(SimpleHistoryAdmin):
    list_display = ("name", "kind", "key", "group", "label", "position")
    list_filter = ("kind",)
    list_per_page = 200
    search_fields = ("name_de", "name_en", "key", "label")
