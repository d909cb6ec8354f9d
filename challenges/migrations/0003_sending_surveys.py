import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0002_surveys'),
        ('profiles', '0009_solution_drafts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invitation', 'Einladung'), ('reminder', 'Erinnerung'), ('closing', 'Ende der Abfrage'), ('thanks', 'Dank nach dem Abschicken')], max_length=10, verbose_name='Art')),
                ('subject', models.CharField(max_length=200, verbose_name='Betreff')),
                ('text', models.TextField(max_length=5000, verbose_name='Text')),
            ],
            options={
                'verbose_name': 'Text einer Mail',
                'verbose_name_plural': 'Texte von Mails',
            },
        ),
        migrations.AddField(
            model_name='historicalneed',
            name='question',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='challenges.question', verbose_name='Frage'),
        ),
        migrations.AddField(
            model_name='historicalneed',
            name='response',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='challenges.response', verbose_name='Antwortbogen'),
        ),
        migrations.AddField(
            model_name='historicalneedssurvey',
            name='reminder_after_days',
            field=models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(60)], verbose_name='Erste Erinnerung nach (Tagen)'),
        ),
        migrations.AddField(
            model_name='historicalneedssurvey',
            name='reminder_every_days',
            field=models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(60)], verbose_name='Abstand weiterer Erinnerungen (Tage)'),
        ),
        migrations.AddField(
            model_name='historicalneedssurvey',
            name='reminder_limit',
            field=models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='Höchstens so viele Erinnerungen'),
        ),
        migrations.AddField(
            model_name='historicalneedssurvey',
            name='sending_since',
            field=models.DateTimeField(blank=True, null=True, verbose_name='Versand läuft seit'),
        ),
        migrations.AddField(
            model_name='need',
            name='question',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='needs', to='challenges.question', verbose_name='Frage'),
        ),
        migrations.AddField(
            model_name='need',
            name='response',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='needs', to='challenges.response', verbose_name='Antwortbogen'),
        ),
        migrations.AddField(
            model_name='needssurvey',
            name='reminder_after_days',
            field=models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(60)], verbose_name='Erste Erinnerung nach (Tagen)'),
        ),
        migrations.AddField(
            model_name='needssurvey',
            name='reminder_every_days',
            field=models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(60)], verbose_name='Abstand weiterer Erinnerungen (Tage)'),
        ),
        migrations.AddField(
            model_name='needssurvey',
            name='reminder_limit',
            field=models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='Höchstens so viele Erinnerungen'),
        ),
        migrations.AddField(
            model_name='needssurvey',
            name='sending_since',
            field=models.DateTimeField(blank=True, null=True, verbose_name='Versand läuft seit'),
        ),
        migrations.AddField(
            model_name='respondent',
            name='end_told_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='vom Ende benachrichtigt am'),
        ),
        migrations.AddField(
            model_name='respondent',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='zuletzt erinnert am'),
        ),
        migrations.AddField(
            model_name='respondent',
            name='reminder_count',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='Erinnerungen'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(fields=('response', 'question'), name='need_once_for_an_answer'),
        ),
        migrations.AddField(
            model_name='mailtext',
            name='survey',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_texts', to='challenges.needssurvey'),
        ),
        migrations.AddConstraint(
            model_name='mailtext',
            constraint=models.UniqueConstraint(fields=('survey', 'kind'), name='mail_text_once_in_a_survey'),
        ),
    ]
