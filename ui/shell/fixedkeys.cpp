// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/fixedkeys.h"

#include <QtGlobal>

namespace console {

const std::vector<FixedKeys> &fixedKeys()
{
    static const std::vector<FixedKeys> table = {
        {QT_TRANSLATE_NOOP("FixedKeys", "Send the draft"), "Ctrl+Enter", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Send the draft and open the first run"),
         "Ctrl+Shift+Enter", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Save as favourite"), "Ctrl+S", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Send an event"), "Alt+1", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Invoke a function"), "Alt+2", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Earlier and later text of the history"),
         "Ctrl+Up; Ctrl+Down", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Propose names and values"), "Ctrl+Space", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Format the text"), "Shift+Alt+F", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Double the line"), "Ctrl+D", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Line as a comment"), "Ctrl+/", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Move the line"), "Alt+Up; Alt+Down", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Close the draft"), "Ctrl+W", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Have the closed draft back"), "Ctrl+Shift+T", "composer"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Fold and unfold, or another attempt"), "Left; Right",
         "timeline"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Open the fold, the break or the bar"), "Enter",
         "timeline"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Open what is selected"), "Enter", "list"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Find in a payload"), "Ctrl+F", "payload"},
        {QT_TRANSLATE_NOOP("FixedKeys", "Next and previous hit in a payload"), "F3; Shift+F3",
         "payload"},
    };
    return table;
}

} // namespace console
