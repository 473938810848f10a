// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/textdiff.h"

#include <QPlainTextEdit>

namespace console {

class Theme;

/// What differs between two things, part by part; equal parts are one quiet line.
class DiffView final : public QPlainTextEdit
{
    Q_OBJECT

public:
    struct Part {
        QString title;
        std::vector<DiffLine> lines;
    };

    explicit DiffView(Theme &theme, QWidget *parent = nullptr);

    void setParts(const std::vector<Part> &parts);

private:
    void mark();

    Theme &m_theme;
    std::vector<Part> m_parts;
};

} // namespace console
