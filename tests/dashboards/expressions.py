"""Asks a Prometheus every expression of the dashboard, the console page and the rules, until each has returned data.

    expressions.py URL DASHBOARD.json FILE...

Prints a table. Exit code 1 when an expression returns nothing, the dashboard is not well made, or one of the files, which
are the alerts' description and their tests, leaves out an alert.
"""

import html.parser
import json
import math
import re
import sys
import time
import urllib.parse
import urllib.request

PATIENCE = 60  # seconds
RATE_INTERVAL = "1m"


def get(url, **parameters):
    query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
    with urllib.request.urlopen(url + query, timeout=30) as response:
        return response.read().decode()


def data(url, **parameters):
    return json.loads(get(url, **parameters))["data"]


class Console(html.parser.HTMLParser):
    """The expressions of the console page as served, by their panels' titles."""

    def __init__(self):
        super().__init__()
        self.expressions, self.title, self.inside = [], "", False

    def handle_starttag(self, tag, attributes):
        if tag == "figure":
            self.title = dict(attributes)["data-title"]
        elif tag == "code":
            self.inside = True
            self.expressions.append((self.title, ""))

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "code"

    def handle_data(self, text):
        if self.inside:
            self.expressions[-1] = (self.title, self.expressions[-1][1] + text)


def of_console(server):
    page = Console()
    page.feed(get(server + "/consoles/etl.html"))
    return [("console", title, *without_zero(expression)) for title, expression in page.expressions]


def panels_of(dashboard):
    for panel in dashboard["panels"]:
        yield from panel.get("panels", [])
        if panel["type"] != "row":
            yield panel


def of_grafana(dashboard):
    variables = {"__rate_interval": RATE_INTERVAL}
    for variable in dashboard["templating"]["list"]:
        variables[variable["name"]] = ".+"
        if variable["type"] == "query":
            yield "grafana", "$" + variable["name"], filled(re.sub(r"label_values\((.*), *\w+\)", r"\1", variable["query"]["query"]), variables), ""
    for panel in panels_of(dashboard):
        for target in panel["targets"]:
            yield "grafana", panel["title"], *without_zero(filled(target["expr"], variables))


def filled(expression, variables):
    return re.sub(r"\$\{?(\w+)\}?", lambda name: variables[name[1]], expression)


def without_zero(expression):
    """A zero that stands for nothing would be data for any name."""
    asked = expression.replace(" or vector(0)", "")
    return asked, "" if asked == expression else "asked without its zero"


def of_rules(server):
    for group in data(server + "/api/v1/rules")["groups"]:
        for rule in group["rules"]:
            if rule["type"] == "recording":
                yield "rule", rule["name"], rule["query"], ""
            else:
                yield "alert", rule["name"], *without_condition(rule["query"])


def without_condition(expression):
    """An alert's comparisons say 0 or 1 instead of leaving out what does not hold; nothing is there to look back at."""
    token = re.compile(r'"(?:[^"\\]|\\.)*"|\{[^}]*\}|(==|!=|>=|<=|<|>)')
    asked = token.sub(lambda match: match[0] + " bool" if match[1] else match[0], expression)
    # An exception that is 0 instead of nothing would leave out everything. It has to be there with the same labels.
    asked = re.sub(r"\bunless (on \([^)]*\) [\w:]+ == bool \d+\s*)\Z", r"and \1", asked)
    now = re.sub(r"\boffset \w+", "", asked)
    return now, "holds or not" if now == asked else "holds or not; asked without its offset"


def answer(server, expression):
    result = data(server + "/api/v1/query", query=expression)
    samples = [result["result"]] if result["resultType"] == "scalar" else [one["value"] for one in result["result"]]
    return [float(value) for _, value in samples if not math.isnan(float(value))]


def complaints_about(dashboard):
    """What an import would not say: panels without a word on what they answer, or on top of each other."""
    taken = {}
    panels = list(panels_of(dashboard))
    if len({panel["id"] for panel in dashboard["panels"]}) < len(dashboard["panels"]):
        yield "two panels have the same id"
    for panel in panels:
        if not panel.get("description"):
            yield f"{panel['title']} does not say what it answers"
        if any(target["datasource"]["uid"] != "${datasource}" for target in panel["targets"]):
            yield f"{panel['title']} does not take its data from $datasource"
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        for cell in ((x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])):
            other = taken.setdefault(cell, panel["title"])
            if cell[0] >= 24 or other is not panel["title"]:
                yield f"{panel['title']} does not fit beside {other}"
                break


def left_out(alerts, paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            named = set(re.findall(r"\w+", file.read()))
        yield from (f"{path} leaves out {alert}" for alert in alerts if alert not in named)


def ready(server):
    try:
        return "ready" in get(server + "/-/ready").lower() and bool(answer(server, "etl_stage_workers"))
    except OSError:
        return False


def main(server, path, *about_alerts):
    with open(path, encoding="utf-8") as file:
        dashboard = json.load(file)
    complaints = list(complaints_about(dashboard))
    end = time.monotonic() + PATIENCE
    while not ready(server):
        if time.monotonic() > end:
            sys.exit("Prometheus has no metrics of a run.")
        time.sleep(0.5)

    asked = [*of_grafana(dashboard), *of_console(server), *of_rules(server)]
    complaints += left_out([title for kind, title, _, _ in asked if kind == "alert"], about_alerts)
    answers = {}
    while True:
        for expression in {expression for _, _, expression, _ in asked if not answers.get(expression)}:
            answers[expression] = answer(server, expression)
        if all(answers.values()) or time.monotonic() > end:
            break
        time.sleep(1)

    for kind, title, expression, remark in asked:
        values = answers[expression]
        said = f"{len(values):3} series  {values[0]:<12.6g} {remark}" if values else expression
        print(f"{'ok' if values else 'NOTHING':8}{kind:8}{title:50} {said}")
    for complaint in complaints:
        print(complaint)
    empty = sum(not answers[expression] for _, _, expression, _ in asked)
    print(f"{len(asked)} expressions, {len(answers)} of them different; {empty} returned nothing.")
    return 1 if empty or complaints else 0


sys.exit(main(*sys.argv[1:]))
