// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/jsonhighlighting.h"
#include "ui/core/lineindex.h"
#include "ui/widgets/backgroundjob.h"
#include "ui/widgets/foundplaces.h"

#include <QAbstractScrollArea>

#include <vector>

class QTextLayout;

namespace console {

class Theme;

/// A text of any size to read, select and copy: only the rows in sight are laid out (ui.md §8).
class BigTextView final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit BigTextView(Theme &theme, QWidget *parent = nullptr);

    /// Keeps the place if the new text begins like the old one.
    void setText(const LineIndexPtr &text, bool isJson);

    /// Its rows are those on the screen.
    [[nodiscard]] const LineIndexPtr &text() const { return m_text; }

    /// Of any size, too: where lines are wrapped is found on another thread.
    void setWraps(bool wraps);

    /// Searches on another thread; `found` follows.
    void find(const QString &words);
    const FoundPlaces &step(int direction);

    [[nodiscard]] qsizetype caretByte() const { return m_caret; }

    /// Bytes of the text, without line ends that the text does not have.
    [[nodiscard]] QByteArray selectedBytes() const;
    void selectAll();
    /// Scrolls there and selects the character.
    void goTo(qsizetype byte);

    [[nodiscard]] int firstRow() const;
    /// First visible row as it is painted.
    [[nodiscard]] QString rowText(int row) const;

Q_SIGNALS:
    void found(const console::FoundPlaces &places);
    void copyRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int visibleRows() const;
    void layOut(QTextLayout &layout, int row) const;
    void paintRow(QPainter &painter, int row, QPointF at) const;
    [[nodiscard]] qsizetype offsetAt(QPoint point) const;
    void moveCaret(qsizetype to, bool keepsAnchor);
    void scrollTo(qsizetype offset);
    void updateScrollBars();
    void wrap();
    void showWrapped(const LineIndexPtr &text);
    [[nodiscard]] std::vector<JsonSpan> spansOf(int row, const QString &text) const;

    Theme &m_theme;
    LineIndexPtr m_whole; ///< as it was given
    LineIndexPtr m_text;
    bool m_wraps = false;
    qsizetype m_rowBytes = 0; ///< at which `m_text` is wrapped; 0: as it was given
    bool m_isJson = true;
    qsizetype m_anchor = 0;
    qsizetype m_caret = 0;
    FoundPlaces m_found;
    BackgroundJob m_search;
    BackgroundJob m_wrapping;
};

} // namespace console
