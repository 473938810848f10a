// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QWidget;

namespace console {

struct Context;

/// Version, what it is, licence.
void openAbout(Context &context, QWidget *parent);

} // namespace console
