// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/mutator.h"

#include "tests/fuzz/jsonspans.h"

#include <algorithm>
#include <array>
#include <optional>

namespace fuzz {

using namespace std::string_view_literals;

namespace {

/// JSON values: the edges of numbers and strings, and words of the protocol.
constexpr std::array words{
    "null"sv,
    "true"sv,
    "false"sv,
    "0"sv,
    "-0"sv,
    "1"sv,
    "-1"sv,
    "1.0"sv,
    "1e2"sv,
    "1E400"sv,
    "0.1e-7"sv,
    "9007199254740993"sv,
    "9223372036854775807"sv,
    "-9223372036854775808"sv,
    "18446744073709551616"sv,
    "123456789012345678901234567890"sv,
    "1893456000000"sv,
    "{}"sv,
    "[]"sv,
    "[[]]"sv,
    "[null]"sv,
    R"({"a":1,"a":2})"sv,
    R"("")"sv,
    R"("0")"sv,
    R"("id")"sv,
    R"("name")"sv,
    R"("data")"sv,
    R"("1h")"sv,
    R"("2w1d3h4m5s6ms")"sv,
    R"("2030-01-01T00:00:00Z")"sv,
    R"("2030-13-41T25:61:61.999999999+99:99")"sv,
    R"("inngest/function.failed")"sv,
    R"("http://localhost:3000/api/inngest?fnId=a&step=step")"sv,
    R"("StepRun")"sv,
    R"("StepError")"sv,
    R"("Sleep")"sv,
    R"("da39a3ee5e6b4b0d3255bfef95601890afd80709")"sv,
    R"("\ud800")"sv,
    R"("\udc00\ud800")"sv,
    R"("\u0000\u001f\\\"\/\b\f\n\r\t")"sv,
    "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\""sv,
};

/// Bytes that parsers trip over.
constexpr std::array fragments{
    "\r\n"sv,
    "\n"sv,
    "\r\n\r\n"sv,
    "\0"sv,
    "\xff"sv,
    "\xc0\x80"sv,
    "\xed\xa0\x80"sv,
    "{"sv,
    "}"sv,
    "["sv,
    "]"sv,
    "\""sv,
    "\\"sv,
    "\\u"sv,
    ","sv,
    ":"sv,
    " "sv,
    "\t"sv,
    "-"sv,
    "."sv,
    "e"sv,
    "0"sv,
    "HTTP/1.1"sv,
    "chunked"sv,
    "Transfer-Encoding: chunked\r\n"sv,
    "Content-Length: 5\r\n"sv,
    "Host: a\r\n"sv,
    "ffffffffffffffff\r\n"sv,
    "[[[[[[[[[[[[[[[["sv,
};

std::string_view slice(const std::string &text, std::size_t begin, std::size_t end)
{
    return std::string_view(text).substr(begin, end - begin);
}

/// Removes a member or element and one comma beside it.
void erasePart(std::string &text, const JsonSpan &span)
{
    const std::size_t after = text.find_first_not_of(" \t\r\n", span.end);
    if (after != std::string::npos && text[after] == ',') {
        text.erase(span.part, after + 1 - span.part);
        return;
    }
    const std::size_t before = text.find_last_not_of(" \t\r\n", span.part - 1);
    const bool hasComma = before != std::string::npos && text[before] == ',';
    const std::size_t begin = hasComma ? before : span.part;
    text.erase(begin, span.end - begin);
}

void swapParts(std::string &text, const JsonSpan &one, const JsonSpan &other)
{
    const auto &[first, second] = std::minmax(
        one, other, [](const JsonSpan &a, const JsonSpan &b) { return a.part < b.part; });
    if (first.end > second.part)
        return;
    const std::string late(slice(text, second.part, second.end));
    const std::string early(slice(text, first.part, first.end));
    text.replace(second.part, second.end - second.part, early);
    text.replace(first.part, first.end - first.part, late);
}

} // namespace

std::string Mutator::next(const Pool &pool, std::size_t recorded)
{
    std::string text = pool[below(below(2) == 0 ? recorded : pool.size())];
    const std::size_t changes = 1 + (below(3) == 0 ? below(4) : 0);
    const bool keepsStructure = below(10) < 4;
    for (std::size_t change = 0; change < changes; ++change) {
        if (keepsStructure)
            changeStructure(text, pool);
        else
            changeBytes(text, pool);
    }
    if (text.size() > largest)
        text.resize(largest);
    return text;
}

void Mutator::changeStructure(std::string &text, const Pool &pool)
{
    if (!changeJson(text, pool))
        changeLines(text, pool);
}

bool Mutator::changeJson(std::string &text, const Pool &pool)
{
    const std::vector<JsonSpan> spans = jsonSpans(text);
    if (spans.size() < 2)
        return false;
    // Never the whole text: its parts are what matters.
    const JsonSpan span = spans[1 + below(spans.size() - 1)];
    const JsonSpan other = spans[1 + below(spans.size() - 1)];
    switch (below(8)) {
    case 0:
    case 1:
        text.replace(span.begin, span.end - span.begin, word());
        break;
    case 2:
        text.replace(span.begin, span.end - span.begin,
                     std::string(slice(text, other.begin, other.end)));
        break;
    case 3:
        text.insert(span.end, ',' + std::string(slice(text, span.part, span.end)));
        break;
    case 4:
        erasePart(text, span);
        break;
    case 5:
        swapParts(text, span, other);
        break;
    case 6: { // a part of another text that is JSON, too
        const std::string &donor = pool[below(pool.size())];
        const std::vector<JsonSpan> given = jsonSpans(donor);
        if (given.empty())
            return false;
        const JsonSpan &taken = given[below(given.size())];
        text.replace(span.begin, span.end - span.begin, slice(donor, taken.begin, taken.end));
        break;
    }
    default: // inside a string, or around another value
        if (text[span.begin] == '"') {
            text.insert(span.begin + 1, below(2) == 0 ? "\\u00e9" : "\xc3\xa9");
        } else {
            text.insert(span.end, "]");
            text.insert(span.begin, "[");
        }
    }
    return true;
}

void Mutator::changeLines(std::string &text, const Pool &pool)
{
    std::vector<std::size_t> starts{0};
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
        starts.push_back(at + 1);
    const std::size_t chosen = below(starts.size());
    const std::size_t begin = starts[chosen];
    const std::size_t end = chosen + 1 < starts.size() ? starts[chosen + 1] : text.size();
    const std::string line(slice(text, begin, end));
    switch (below(5)) {
    case 0:
        text.erase(begin, end - begin);
        break;
    case 1:
        text.insert(starts[below(starts.size())], line);
        break;
    case 2: // another value for a header
        if (const std::size_t colon = line.find(':'); colon != std::string::npos)
            text.replace(begin + colon + 1, line.find_last_not_of("\r\n") - colon, word());
        break;
    case 3: // a header nobody knows
        text.insert(begin, "X-Fuzz: " + std::string(word()) + "\r\n");
        break;
    default: // pipelined
        text += pool[below(pool.size())];
    }
}

void Mutator::changeBytes(std::string &text, const Pool &pool)
{
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = 1 + below(below(4) == 0 ? 64 : 4);
    switch (below(7)) {
    case 0:
    case 1:
        if (at < text.size())
            text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
    case 2:
        text.insert(at, 1, static_cast<char>(below(256)));
        break;
    case 3:
        text.insert(at, fragments[below(fragments.size())]);
        break;
    case 4:
        text.erase(at, length);
        break;
    case 5:
        text.resize(at);
        break;
    default: { // the start of this text, the end of another
        const std::string &donor = pool[below(pool.size())];
        text.replace(at, std::string::npos, donor, below(donor.size() + 1), std::string::npos);
    }
    }
}

std::string_view Mutator::word()
{
    return words[below(words.size())];
}

} // namespace fuzz
