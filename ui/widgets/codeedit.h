// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/lineindex.h"
#include "ui/widgets/foundplaces.h"
#include "ui/widgets/numberededit.h"

namespace console {

class JsonHighlighter;
class Theme;

/// A text of at most 256 KiB to read, select and copy; JSON is coloured.
class CodeEdit final : public NumberedEdit
{
    Q_OBJECT

public:
    explicit CodeEdit(Theme &theme, QWidget *parent = nullptr);

    void setText(const LineIndexPtr &text, bool isJson);

    /// Searches at once; the current one is the first behind the caret.
    const FoundPlaces &find(const QString &words);
    const FoundPlaces &step(int direction);
    /// Byte of the text at the caret.
    [[nodiscard]] qsizetype caretByte() const;

private:
    void showFound(bool moves);

    Theme &m_theme;
    JsonHighlighter *m_highlighter;
    LineIndexPtr m_text;
    FoundPlaces m_found;
};

} // namespace console
