import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0008_provider_checked_at'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalSolutionDraft',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('data', models.JSONField(blank=True, default=dict, verbose_name='Angaben')),
                ('state', models.CharField(choices=[('draft', 'in Arbeit'), ('submitted', 'in Prüfung'), ('changes_requested', 'Änderung erbeten'), ('published', 'veröffentlicht'), ('withdrawn', 'verworfen')], default='draft', max_length=20, verbose_name='Stand')),
                ('reason', models.TextField(blank=True, verbose_name='Was zu ändern ist')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                ('edited_at', models.DateTimeField(verbose_name='bearbeitet am')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='eingereicht am')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='entschieden am')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical Entwurf einer Lösung',
                'verbose_name_plural': 'historical Entwürfe von Lösungen',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='SolutionDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField(blank=True, default=dict, verbose_name='Angaben')),
                ('state', models.CharField(choices=[('draft', 'in Arbeit'), ('submitted', 'in Prüfung'), ('changes_requested', 'Änderung erbeten'), ('published', 'veröffentlicht'), ('withdrawn', 'verworfen')], default='draft', max_length=20, verbose_name='Stand')),
                ('reason', models.TextField(blank=True, verbose_name='Was zu ändern ist')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                ('edited_at', models.DateTimeField(verbose_name='bearbeitet am')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='eingereicht am')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='entschieden am')),
            ],
            options={
                'verbose_name': 'Entwurf einer Lösung',
                'verbose_name_plural': 'Entwürfe von Lösungen',
                'ordering': ['-edited_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='historicalsolution',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='zurückgezogen am'),
        ),
        migrations.AddField(
            model_name='solution',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='zurückgezogen am'),
        ),
        migrations.AddConstraint(
            model_name='solution',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), ('withdrawn_at', None), _connector='OR'), name='solution_published_or_withdrawn', violation_error_message='Veröffentlicht und zurückgezogen zugleich geht nicht.'),
        ),
        migrations.AddField(
            model_name='historicalsolutiondraft',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entschieden von'),
        ),
        migrations.AddField(
            model_name='historicalsolutiondraft',
            name='edited_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bearbeitet von'),
        ),
        migrations.AddField(
            model_name='historicalsolutiondraft',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalsolutiondraft',
            name='provider',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.provider', verbose_name='Anbieter'),
        ),
        migrations.AddField(
            model_name='historicalsolutiondraft',
            name='solution',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.solution', verbose_name='Lösung'),
        ),
        migrations.AddField(
            model_name='solutiondraft',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entschieden von'),
        ),
        migrations.AddField(
            model_name='solutiondraft',
            name='edited_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bearbeitet von'),
        ),
        migrations.AddField(
            model_name='solutiondraft',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='profiles.provider', verbose_name='Anbieter'),
        ),
        migrations.AddField(
            model_name='solutiondraft',
            name='solution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='profiles.solution', verbose_name='Lösung'),
        ),
        migrations.AddConstraint(
            model_name='solutiondraft',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'changes_requested'])), fields=('solution',), name='draft_open_once_per_solution', violation_error_message='An dieser Lösung wird schon gearbeitet.'),
        ),
        migrations.AddConstraint(
            model_name='solutiondraft',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'changes_requested'), ('reason', ''), _connector='XOR'), name='draft_changes_requested_with_a_reason', violation_error_message='Bitte schreiben Sie, was zu ändern ist.'),
        ),
        migrations.AddConstraint(
            model_name='solutiondraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['submitted', 'published', 'changes_requested']), _negated=True), ('submitted_at__isnull', False), _connector='OR'), name='draft_submitted_has_date'),
        ),
        migrations.AddConstraint(
            model_name='solutiondraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('solution__isnull', False), _connector='OR'), name='draft_published_has_solution'),
        ),
    ]
