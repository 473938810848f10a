// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/exacttext.h"

namespace console {

/// An address that can be selected, in as many lines as it takes: these end at its parts, behind a
/// slash or before `?` and `&`, not inside of a name such as `charge-order`.
class AddressLine final : public ExactTextEdit
{
    Q_OBJECT

public:
    explicit AddressLine(QWidget *parent = nullptr);

    void setAddress(const QString &address);

protected:
    QMimeData *createMimeDataFromSelection() const override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void fitHeight();
};

} // namespace console
