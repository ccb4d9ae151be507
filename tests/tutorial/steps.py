"""steps.py DATABASE COVERS: the steps of the tutorial in Python, and the seconds of each as JSON."""
import json, multiprocessing, os, sqlite3, sys, time

try:
    from colorthief import ColorThief

    TOOL = "colorthief"

    def palette(path):
        return ColorThief(path).get_palette(color_count=6)
except ImportError:
    from median_cut import palette

    TOOL = "colorthief's algorithm in plain Python"


def main(database, covers):
    connection, seconds = sqlite3.connect(database), {}

    def timed(step, work):
        started = time.perf_counter()
        result = work()
        seconds[step] = time.perf_counter() - started
        return result

    def save(palettes):
        connection.executemany("UPDATE movies SET palette_json = ? WHERE id = ?", [(json.dumps(made), id) for id, made in palettes])
        connection.commit()

    def reset():
        connection.execute("UPDATE movies SET palette_json = ''")
        connection.commit()

    def path(id):
        return os.path.join(covers, f"{id}.jpg")

    with multiprocessing.Pool() as pool:
        pool.map(abs, range(100))  # the processes are there, as Ray's workers are before the first task
        ids = timed("find", lambda: [id for id, in connection.execute("SELECT id FROM movies WHERE coalesce(palette_json, '') = ''")])
        timed("one", lambda: palette(path(ids[0])))
        timed("three", lambda: pool.map(palette, [path(id) for id in ids[:3]]))
        timed("serial", lambda: save([(id, palette(path(id))) for id in ids]))
        timed("reset", reset)
        timed("parallel", lambda: save(zip(ids, pool.map(palette, [path(id) for id in ids]))))
    print(json.dumps({"tool": TOOL, "processes": multiprocessing.cpu_count(), "seconds": seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
