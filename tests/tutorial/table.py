"""table.py ETL TUTORIAL SCRATCH MOVIES ROUNDS: see ./run."""
import datetime, json, os, platform, re, shutil, sqlite3, statistics, subprocess, sys, time
from PIL import __version__ as pillow

etl, tutorial, scratch, movies, rounds = *sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5])
here = os.path.dirname(os.path.abspath(__file__))
demo, database = os.path.join(scratch, "demo"), os.path.join(scratch, "movies.db")
covers = os.path.join(demo, "covers")
options = ["--set", f"Etl:Query:Database={database}", "--set", f"Etl:Fetch:Locations:0={covers}/{{id}}.jpg"]


def start(*command):
    done = subprocess.run(command, cwd=scratch, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def timed(*command):
    started = time.perf_counter()
    start(etl, *command)
    return time.perf_counter() - started


def query(sql, file=database):
    connection = sqlite3.connect(file)
    with connection:
        rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


def fresh():
    """The demo's catalogue without palettes. The tutorial ends at a broken cover, so that movies with one are left out."""
    shutil.copyfile(os.path.join(demo, "movies.db"), database)
    query("DELETE FROM movies WHERE coalesce(palette_json, '') = ''")
    query("UPDATE movies SET palette_json = ''")


def palettes():
    return dict(query("SELECT id, palette_json FROM movies"))


def python():
    fresh()
    answer = json.loads(start(sys.executable, os.path.join(here, "steps.py"), database, covers))
    return answer["seconds"], answer["tool"]


def commands():
    fresh()
    files = [f"{covers}/{id}.jpg" for id, in query("SELECT id FROM movies LIMIT 3")]
    return {
        "find": timed("status", *options),
        "one": timed("palette", files[0]),
        "three": timed("palette", *files),
        "serial": timed("run", *options, "--set", "Etl:Decode:DegreeOfParallelism=1"),
        "reset": timed("reset", "--all", "--yes", *options),
        "parallel": timed("run", *options),
    }


def library():
    fresh()
    lines = start(tutorial, database, covers).splitlines()
    find, one, handles, three, run = (float(re.match(r" *([0-9.]+) s", line)[1]) for line in lines)
    return {"find": find, "one": one, "three": handles + three, "parallel": run}


subprocess.run([etl, "demo", "--movies", str(movies), "--directory", demo], cwd=scratch, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
results, made = {"python": [], "commands": [], "library": []}, {}
for round in range(1, rounds + 1):
    print(f"round {round} of {rounds}", file=sys.stderr)
    seconds, tool = python()
    results["python"].append(seconds)
    made["python"] = palettes()
    for name, way in (("commands", commands), ("library", library)):
        results[name].append(way())
        made[name] = palettes()
if len({json.dumps(one, sort_keys=True) for one in made.values()}) != 1:
    sys.exit("The three ways do not give the same palettes.")

STEPS = {
    "find": ("find the movies without a palette", "`etl status`"),
    "one": ("one palette", "`etl palette COVER`"),
    "three": ("three palettes at once", "`etl palette COVER COVER COVER`"),
    "serial": ("all palettes, one at a time, and save", "`etl run --set Etl:Decode:DegreeOfParallelism=1`"),
    "parallel": ("all palettes at once, and save", "`etl run`"),
    "reset": ("start over", "`etl reset --all --yes`"),
}


def shown(way, step):
    times = [seconds[step] for seconds in results[way] if step in seconds]
    return f"{statistics.median(times):.3f} s" if times else ""


model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "") if os.path.exists("/proc/cpuinfo") else ""
version = start(etl, "--version").split("+")[0].strip()
print(f"{len(made['python'])} drawn posters, {datetime.date.today()}, {os.cpu_count()} cores{f' ({model})' if model else ''}, medians of {rounds} rounds in turns. "
      f"Python {platform.python_version()}, Pillow {pillow}, {tool}, `multiprocessing` in place of Ray. Etl {version}. All three give the same palettes.\n")
print("| step | Python | command | etl | library |\n| --- | ---: | --- | ---: | ---: |")
for step, (text, command) in STEPS.items():
    print(f"| {text} | {shown('python', step)} | {command} | {shown('commands', step)} | {shown('library', step)} |")
