"""The palette that colorthief 0.2.1 gives a picture, in plain Python, for a machine without colorthief: modified median cut over bins of
5 bits a channel. Needs Pillow."""
from PIL import Image


def palette(path, colors=6, step=10):
    with Image.open(path) as image:
        pixels = list(image.convert("RGBA").getdata())
    bins = {}
    for red, green, blue, alpha in pixels[::step]:
        if alpha >= 125 and not (red > 250 and green > 250 and blue > 250):
            place = (red >> 3, green >> 3, blue >> 3)
            bins[place] = bins.get(place, 0) + 1

    by_count = Queue(lambda box: box.count)
    by_count.push(Box(bins, [min(place[side] for place in bins) for side in range(3)], [max(place[side] for place in bins) for side in range(3)]))
    split(by_count, 0.75 * colors)
    by_volume = Queue(lambda box: box.count * box.volume)
    while by_count.boxes:
        by_volume.push(by_count.pop())
    split(by_volume, colors - len(by_volume.boxes))
    return [by_volume.pop().color() for _ in range(len(by_volume.boxes))]


def split(queue, target):
    parts = 1
    for _ in range(1000):
        box = queue.pop()
        if box.count == 0:
            queue.push(box)
            continue
        first, second = box.cut()
        queue.push(first)
        if second is not None:
            queue.push(second)
            parts += 1
        if parts >= target:
            return


class Queue:
    """Boxes of which the last in a stable order comes first."""

    def __init__(self, key):
        self.boxes, self.key, self.is_sorted = [], key, False

    def push(self, box):
        self.boxes.append(box)
        self.is_sorted = False

    def pop(self):
        if not self.is_sorted:
            self.boxes.sort(key=self.key)
            self.is_sorted = True
        return self.boxes.pop()


class Box:
    """The bins between two corners, which belong to it."""

    def __init__(self, bins, low, high):
        (r1, g1, b1), (r2, g2, b2) = low, high
        self.bins = {
            place: count for place, count in bins.items()
            if r1 <= place[0] <= r2 and g1 <= place[1] <= g2 and b1 <= place[2] <= b2
        }
        self.low, self.high, self.count = low, high, sum(self.bins.values())
        widths = [max(0, last - first + 1) for first, last in zip(low, high)]
        self.volume = widths[0] * widths[1] * widths[2]

    def cut(self):
        if self.count == 1:
            return self, None
        widths = [last - first + 1 for first, last in zip(self.low, self.high)]
        side = widths.index(max(widths))
        first, last = self.low[side], self.high[side]
        slices = dict.fromkeys(range(first, last + 1), 0)
        for place, count in self.bins.items():
            slices[place[side]] += count
        before, total = {}, 0
        for i in range(first, last + 1):
            total += slices[i]
            before[i] = total
        after = {i: self.count - before[i] for i in before}
        middle = next(i for i in before if before[i] > self.count / 2)
        left, right = middle - first, last - middle
        place = min(last - 1, int(middle + right / 2)) if left <= right else max(first, int(middle - 1 - left / 2))
        while not before.get(place):
            place += 1
        while not after.get(place) and before.get(place - 1):
            place -= 1
        high, low = list(self.high), list(self.low)
        high[side], low[side] = place, place + 1
        return Box(self.bins, self.low, high), Box(self.bins, low, self.high)

    def color(self):
        if self.count == 0:
            return tuple(int(8 * (first + last + 1) / 2) for first, last in zip(self.low, self.high))
        return tuple(int(sum(count * (place[side] + 0.5) * 8 for place, count in self.bins.items()) / self.count) for side in range(3))
