"""The Android project says what it must: links, camera, nothing in backups, no cleartext outside of debug builds."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "wallet-app/src-tauri/gen/android/app"
A = "{http://schemas.android.com/apk/res/android}"

manifest = ET.parse(APP / "src/main/AndroidManifest.xml").getroot()
schemes = {data.get(A + "scheme") for data in manifest.iter("data")}
known = re.search(r"\[([^\]]+)\]\s*\.iter\(\)", (ROOT / "wallet-app/src-tauri/src/args.rs").read_text()).group(1)
known = set(re.findall(r'"([a-z0-9-]+):"', known))
assert schemes == known and len(known) == 5, (schemes, known)
desktop = (ROOT / "wallet-app/src-tauri/absah.desktop").read_text()
assert all(f"x-scheme-handler/{scheme};" in desktop for scheme in schemes), desktop
permissions = {one.get(A + "name") for one in manifest.iter("uses-permission")}
assert permissions == {"android.permission.INTERNET", "android.permission.CAMERA"}, permissions
application = manifest.find("application")
assert application.get(A + "allowBackup") == "false" and application.get(A + "dataExtractionRules"), application.attrib
exported = [one.get(A + "name") for one in application if one.get(A + "exported") == "true"]
assert exported == [".MainActivity"], exported
identifier = re.search(r'"identifier": "([^"]+)"', (ROOT / "wallet-app/src-tauri/tauri.conf.json").read_text()).group(1)
# Gradle calls the command line tool back by the same name as README does: there is no package.json beside the project.
task = next((APP.parent / "buildSrc").rglob("BuildTask.kt")).read_text()
assert 'executable = """npx"""' in task and '"--yes", "@tauri-apps/cli@2", "android", "android-studio-script"' in task, task
gradle = (APP / "build.gradle.kts").read_text()
assert f'applicationId = "{identifier}"' in gradle
assert 'usesCleartextTraffic"] = "false"' in gradle.split("buildTypes")[0]
assert "FLAG_SECURE" in (APP / "src/main/java" / identifier.replace(".", "/") / "MainActivity.kt").read_text()
# While an answer stands on the screen it is bright and stays on: the Rust side calls the Kotlin side by these names.
screen = (APP / "src/main/java" / identifier.replace(".", "/") / "ScreenPlugin.kt").read_text()
rust = (ROOT / "wallet-app/src-tauri/src/bright.rs").read_text()
asked = re.search(r'register_android_plugin\("([^"]+)", "([^"]+)"\)', rust).groups()
assert asked == (identifier, re.search(r"@TauriPlugin\s+class (\w+)", screen).group(1)), asked
assert re.search(r'run_mobile_plugin::<\(\)>\("(\w+)"', rust).group(1) == re.search(r"@Command\s+fun (\w+)", screen).group(1)
for needed in ("BRIGHTNESS_OVERRIDE_FULL", "BRIGHTNESS_OVERRIDE_NONE", "FLAG_KEEP_SCREEN_ON", "runOnUiThread", "invoke.resolve()"):
    assert needed in screen, needed
assert "bright::plugin()" in (ROOT / "wallet-app/src-tauri/src/lib.rs").read_text()
