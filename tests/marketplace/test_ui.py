from django import forms

from marketplace.templatetags.ui import control, labelled


class ChoosingForm(forms.Form):
    phase = forms.ChoiceField(label="Wie weit?", choices=[("", "---------"), ("P1", "Idee")])
    state = forms.ChoiceField(
        label="Land", choices=[("", "---------"), ("he", "Hessen")], required=False
    )


def test_a_select_says_in_words_that_nothing_is_chosen():
    form = ChoosingForm()
    assert "bitte wählen" in control(form["phase"])
    assert "keine Angabe" in control(form["state"])
    assert "--" not in control(form["phase"]) + control(form["state"])


def test_the_name_of_a_field_and_its_error_are_joined_by_one_mark_only():
    form = ChoosingForm()
    assert labelled(form["phase"], "fehlt") == "Wie weit? fehlt"
    assert labelled(form["state"], "fehlt") == "Land: fehlt"
