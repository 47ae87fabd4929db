from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("timeline", "0005_fill_the_places")]

    operations = [
        migrations.DeleteModel("OldPosting"),
        migrations.DeleteModel("OldPastPosting"),
        migrations.DeleteModel("OldPair"),
        migrations.DeleteModel("OldPastPair"),
    ]
