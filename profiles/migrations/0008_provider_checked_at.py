from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0007_messages"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalprovider",
            name="checked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Angaben geprüft am"),
        ),
        migrations.AddField(
            model_name="provider",
            name="checked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Angaben geprüft am"),
        ),
    ]
