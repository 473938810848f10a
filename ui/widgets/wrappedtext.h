// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QTextEdit>

namespace console {

/// What an app or a person wrote, to be read: as high as it is, in the width that it gets. A label
/// wraps between words only, and one long word, a URL or a token, would be cut or make the page
/// wider; here it goes on in the next line. Selected and copied as it is. GUI thread.
class WrappedText final : public QTextEdit
{
    Q_OBJECT

public:
    /// \a name  for screen readers
    WrappedText(const QString &name, const QString &text, QWidget *parent);

    /// What is selected stays as long as the text is the same.
    void setWords(const QString &text);

    [[nodiscard]] const QString &words() const { return m_words; }

    void setColor(const QColor &color);

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    QMimeData *createMimeDataFromSelection() const override;

private:
    QString m_words;
    mutable int m_measuredWidth = -1; ///< the one that m_measuredHeight is of; -1: of none
    mutable int m_measuredHeight = 0;
};

} // namespace console
