// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QSyntaxHighlighter>
#include <QTimer>

namespace console {

class Theme;

/// Colours JSON in a text control. A new text is coloured in slices of 200 lines, what is on top
/// first, so that large ones do not hold the window up; what is typed is coloured at once.
class JsonHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    JsonHighlighter(Theme &theme, QTextDocument *document);

    /// Off: nothing is coloured, for text that is not JSON.
    void setOn(bool isOn);
    /// Before and after the text is replaced as a whole.
    void hold();
    void startOver();

protected:
    void highlightBlock(const QString &text) override;

private:
    void paintSlice();

    Theme &m_theme;
    QTimer m_timer;
    int m_next = 0; ///< first block that is not coloured yet
    bool m_isOn = true;
    bool m_isWaiting = false; ///< blocks are left for the slices
};

} // namespace console
