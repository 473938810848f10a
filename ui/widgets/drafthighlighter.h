// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QSyntaxHighlighter>

namespace console {

class Theme;

/// Colours a draft: JSON, comment lines and placeholders.
class DraftHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    DraftHighlighter(Theme &theme, QTextDocument *document);

    /// JSON only, without comments and placeholders.
    void setPlain(bool isPlain);

protected:
    void highlightBlock(const QString &text) override;

private:
    Theme &m_theme;
    bool m_isPlain = false;
};

} // namespace console
