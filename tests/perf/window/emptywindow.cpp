// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What a window costs before it does anything: an empty one with a table, in a process with the
// libraries of `redrive`. Compare with "idle memory" of `bench --server …/redrive --only history`.

#include <QApplication>
#include <QMainWindow>
#include <QSqlDatabase>
#include <QSvgRenderer>
#include <QTableWidget>
#include <QTcpServer>
#include <QTimer>

#include <sqlite3.h>

#include <cstdio>
#include <curl/curl.h>
#include <fstream>
#include <string>

namespace {

void printMemory()
{
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmRSS:") || line.starts_with("RssAnon:"))
            std::printf("empty window, %s %.1f MiB\n", line.substr(0, line.find(':')).c_str(),
                        std::stod(line.substr(line.find(':') + 1)) / 1024);
    }
    QApplication::quit();
}

} // namespace

int main(int argc, char *argv[])
{
    constexpr int rows = 100;
    constexpr int columns = 6;
    constexpr QSize size(1440, 900); // as in the pictures
    const QApplication application(argc, argv);
    curl_global_init(CURL_GLOBAL_ALL);
    sqlite3_initialize();
    QSqlDatabase::drivers();
    const QSvgRenderer svg;
    const QTcpServer server;
    QMainWindow window;
    auto *table = new QTableWidget(rows, columns);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column)
            table->setItem(row, column, new QTableWidgetItem(QStringLiteral("order/created")));
    }
    window.setCentralWidget(table);
    window.resize(size);
    window.show();
    QTimer::singleShot(std::chrono::seconds(1), &window, printMemory);
    return QApplication::exec();
}
