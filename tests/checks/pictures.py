# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Every screen of tests/fixtures/screens.json is in the list in light and in dark (ui.md 27.3).

That the list has every screen of the code, and the disk every picture of the list, tst_golden says itself.

usage: pictures.py <root of the repository>
"""

import json
import re
import sys

import sources

LIST = 'tests/fixtures/screens.json'
PICTURE = re.compile(r'(light|dark)(?:_(\d+))?')
# A screen that has one of them only, and why the other would show nothing more.
EXCEPTIONS = {}


def problems(screens, exceptions):
    found = []
    for screen, pictures in screens.items():
        parts = [PICTURE.fullmatch(picture) for picture in pictures]
        found += [f'{screen}: {picture} is no theme, alone or with a scale in percent'
                  for picture, part in zip(pictures, parts) if not part]
        if len(set(pictures)) < len(pictures):
            found.append(f'{screen}: a picture stands twice in the list')
        themes = {part.group(1) for part in parts if part and not part.group(2)}
        missing = {'light', 'dark'} - themes
        if screen in exceptions and not missing:
            found.append(f'{screen}: needs no exception any more')
        elif screen not in exceptions:
            found += [f'{screen}: there is no {theme} picture' for theme in sorted(missing)]
    return found + [f'{screen}: an exception of no screen' for screen in sorted(set(exceptions) - set(screens))]


def finds_forged_lists():
    return all([
        not problems({'a': ['light', 'dark', 'light_200'], 'b': ['light']}, {'b': 'why'}),
        problems({'a': ['light']}, {}) == ['a: there is no dark picture'],
        problems({'a': ['light', 'dark_200']}, {}) == ['a: there is no dark picture'],
        problems({'a': []}, {}) == ['a: there is no dark picture', 'a: there is no light picture'],
        len(problems({'a': ['light', 'dark', 'dusk']}, {})) == 1,
        len(problems({'a': ['light', 'dark', 'dark']}, {})) == 1,
        len(problems({'a': ['light', 'dark']}, {'a': 'why', 'b': 'why'})) == 2,
    ])


def main(root):
    sources.self_test('pictures', finds_forged_lists())
    screens = json.loads(sources.read(root, LIST))
    sources.finish('pictures', [f'{LIST}: {each}' for each in problems(screens, EXCEPTIONS)], len(screens))


main(sys.argv[1])
