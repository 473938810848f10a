// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/arrange.h"
#include "tests/unit/ui/runstory.h"
#include "ui/core/timelinetext.h"
#include "ui/runs/timelinepane.h"
#include "ui/runs/timelineview.h"

#include <QTest>

#include <memory>

namespace console::test {

/// A shown timeline of runs that have stories; the base of tests that have one for each function.
class TimelineStage : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init() { setUp(); }

    void cleanup()
    {
        m_pane.reset();
        m_ui.reset();
    }

protected:
    void setUp()
    {
        m_ui = std::make_unique<UiFixture>();
        arrange::reducedMotion(*m_ui, true);
        m_pane = std::make_unique<TimelinePane>(m_ui->context);
        m_ui->show(m_pane.get(), {900, 560});
        view().setFocus();
    }

    void tell(const RunStory &story)
    {
        m_ui->backend.setNow(story.now());
        m_pane->setTimeline(makeTimeline(story.record(), story.now()));
        m_ui->beat();
    }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&view(), key, modifiers);
        m_ui->beat();
    }

    [[nodiscard]] TimelineView &view() const { return m_pane->view(); }

    [[nodiscard]] int shownRow(const QString &name) const
    {
        for (int shown = 0; shown < view().timeline().rowCount(); ++shown) {
            if (rowName(view().timeline(), shown) == name)
                return shown;
        }
        qFatal("no row %s", qPrintable(name));
    }

    std::unique_ptr<UiFixture> m_ui;
    std::unique_ptr<TimelinePane> m_pane;
};

} // namespace console::test
