// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

class QFormLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;
class QWidget;

namespace console {

/// What every page of the settings is made of.
///
/// Title, content below, and the button that makes the page as it was at first.
struct SettingsForm {
    QWidget *widget;
    QVBoxLayout *content;
    QPushButton *reset;
};

[[nodiscard]] SettingsForm makeSettingsPage(const QString &title, const QString &resetName,
                                            QWidget *parent);

/// Writes \a plain with its options, variables and placeholders in the fixed font, where `--` is
/// two signs. Where nobody can copy it, a line does not end within one of them.
void writeWithCode(QLabel *label, const QString &plain);

/// How many pixels lower than words alone the first line of such a text begins.
[[nodiscard]] int fallOfFirstLine(const QLabel *label);

/// Some sentences, dim; their code as above.
[[nodiscard]] QLabel *makeHint(const QString &text, QWidget *parent);

/// Captions and fields; the fields of all pages begin at the same place.
[[nodiscard]] QFormLayout *makeFields(QWidget *parent);

/// \param first  what stands in the first line of a field that has several: the caption stands
///               beside it; null: the field is one line
/// \returns its caption.
QLabel *addField(QFormLayout *form, const QString &label, QWidget *field, QWidget *first = nullptr);

} // namespace console
