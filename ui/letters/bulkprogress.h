// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/bulk.h"
#include "devserver/model/result.h"

#include <QWidget>

#include <map>
#include <optional>

class QPushButton;

namespace console {

class BulkTrial;
class ElidedLabel;
struct Context;

/// A strip that follows a bulk retry while it runs: what, how far, what failed again, `Stop`; its
/// lower edge is the progress (ui.md 11).
class BulkProgress final : public QWidget
{
    Q_OBJECT

public:
    explicit BulkProgress(Context &context, QWidget *parent = nullptr);

    /// Follows this one from now on, until it ends.
    void follow(devserver::BulkId bulk, const QString &what);

    /// As it ended; null: it is not known that it has.
    [[nodiscard]] const devserver::Bulk *ended(devserver::BulkId bulk) const;

    /// News of any bulk; without one to follow, a running one is taken.
    void take(const devserver::Bulk &bulk);

Q_SIGNALS:
    void stopRefused(const devserver::Error &error);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void stop();

    Context &m_context;
    ElidedLabel *m_what;
    BulkTrial *m_trial;
    ElidedLabel *m_numbers;
    QPushButton *m_stop;
    QPushButton *m_open;
    std::optional<devserver::BulkId> m_id;
    devserver::Bulk m_bulk;
    std::map<devserver::BulkId, devserver::Bulk>
        m_ended; ///< also those that were faster than their answer
};

} // namespace console
