// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timelinedata.h"
#include "ui/widgets/context.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace console {

class OverviewStrip;
class TimelineView;

/// The Timeline tab: find and filter, axis, overview, drawing.
class TimelinePane final : public QWidget
{
    Q_OBJECT

public:
    explicit TimelinePane(Context &context, QWidget *parent = nullptr);

    void setTimeline(const TimelineDataPtr &run);

    [[nodiscard]] TimelineView &view() const { return *m_view; }

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void arrange();
    void connectParts();
    void shareWidth();
    void shareHeight();
    [[nodiscard]] int leastDrawing() const;
    [[nodiscard]] bool needsTools() const;
    [[nodiscard]] QWidget *makeAxisButtons();
    void showKeys();
    void applyFilter();
    void showFound();
    void showMode();

    Context &m_context;
    QWidget *m_tools;
    QLineEdit *m_find;
    QLabel *m_found;
    QComboBox *m_only;
    std::vector<QToolButton *> m_axis; ///< in the order of AxisMode
    std::vector<QString> m_axisTips;   ///< likewise
    QToolButton *m_calls;
    QToolButton *m_fit;
    TimelineView *m_view;
    OverviewStrip *m_overview;
};

} // namespace console
