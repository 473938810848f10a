// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/widgets/context.h"

#include <QWidget>

#include <vector>

namespace console {

/// The last runs of a function as ticks in the colour of their state, oldest on the left, as tall
/// as they were long; a click opens one, arrow keys walk (ui.md §13.1).
class RunStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit RunStrip(Context &context, QWidget *parent = nullptr);

    /// Newest first, as the store gives them.
    void setRuns(std::vector<devserver::api::RunSummary> runs);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void opened(devserver::RunId run);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] QRect tick(int place) const;
    [[nodiscard]] int placeAt(QPoint pos) const;
    [[nodiscard]] QString words(int place) const;
    void setCurrent(int place);

    Context &m_context;
    std::vector<devserver::api::RunSummary> m_runs; ///< oldest first
    int m_current = -1;
};

} // namespace console
