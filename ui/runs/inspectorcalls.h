// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/callmodel.h"
#include "ui/core/inspection.h"
#include "ui/widgets/backgroundjob.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedLayout;
class QTabBar;

namespace console {

struct Context;
class AddressLine;
class ExactTextEdit;
class InspectorTable;
class PayloadView;
class TextClock;
class TimingBar;

/// Every call to the app as the HTTP exchange that it was (ui.md §8). GUI thread.
class InspectorCalls final : public QWidget
{
    Q_OBJECT

public:
    explicit InspectorCalls(Context &context, QWidget *parent = nullptr);

    void setInspection(const Inspection &inspection);

private:
    enum Tab { Request, Response, Headers };

    [[nodiscard]] QWidget *makeDetails();
    [[nodiscard]] QPushButton *makeCurlButton(QWidget *parent);
    [[nodiscard]] QWidget *makeSignature(QWidget *parent);
    void showCall();
    void showBody();
    void showSignature(const devserver::Attempt &call);
    void copyAsCurl();
    [[nodiscard]] const devserver::Attempt *current() const;

    Context &m_context;
    Inspection m_inspection;
    CallModel *m_model;
    TextClock *m_texts;
    InspectorTable *m_table;
    QWidget *m_details = nullptr;
    TimingBar *m_timing = nullptr;
    AddressLine *m_line = nullptr;
    QWidget *m_signature = nullptr;
    QLabel *m_signatureIcon = nullptr;
    QLabel *m_signatureText = nullptr;
    QTabBar *m_tabs = nullptr;
    QPushButton *m_curl = nullptr;
    QLabel *m_bodyNote = nullptr;
    QStackedLayout *m_pages = nullptr;
    PayloadView *m_body = nullptr;
    ExactTextEdit *m_headers = nullptr;
    BackgroundJob m_job;
    BackgroundJob m_curlJob;
};

} // namespace console
