// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/httpframing.h"

#include <algorithm>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace devserver::transport {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::beast::error_code;

// A line with the size of a chunk, or all trailers together, may not be longer.
constexpr qsizetype maximumChunkLine = 8 * 1024;
// A promised length is not believed further than this until the bytes are there.
constexpr qint64 maximumReserve = 256 * 1024;
// An idle connection keeps no larger buffer.
constexpr qsizetype maximumIdleBuffer = 4 * 1024;

/// A Beast body that collects into a QByteArray, so that large bodies are not copied once more.
struct BytesBody {
    using value_type = QByteArray;

    class reader // NOLINT(readability-identifier-naming): Beast asks for this name
    {
    public:
        template<bool isRequest, class Fields>
        reader(http::header<isRequest, Fields> &, value_type &body)
            : m_body(body)
        {}

        void init(const boost::optional<std::uint64_t> &length, error_code &error)
        {
            error = {};
            if (length)
                m_body.reserve(std::min(static_cast<qint64>(*length), maximumReserve));
        }

        template<class Buffers>
        std::size_t put(const Buffers &buffers, error_code &error)
        {
            error = {};
            std::size_t total = 0;
            for (auto it = asio::buffer_sequence_begin(buffers);
                 it != asio::buffer_sequence_end(buffers); ++it) {
                const asio::const_buffer buffer = *it;
                m_body.append(static_cast<const char *>(buffer.data()),
                              static_cast<qsizetype>(buffer.size()));
                total += buffer.size();
            }
            return total;
        }

        void finish(error_code &error) { error = {}; }

    private:
        value_type &m_body;
    };
};

QByteArray toBytes(boost::beast::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

struct HttpFraming::Parser {
    using Type = http::request_parser<BytesBody>;

    std::optional<Type> parser;

    /// The one of the request whose head or body is being read.
    Type &live()
    {
        Q_ASSERT(parser);
        return *parser;
    }

    // Beast takes line ends inside a quoted extension, where another reader ends the line.
    std::function<void(std::uint64_t, boost::beast::string_view, error_code &)> checkChunk =
        [](std::uint64_t, boost::beast::string_view extension, error_code &error) {
            const auto isControl = [](char c) { return c >= 0 && c < ' ' && c != '\t'; };
            if (std::ranges::any_of(extension, isControl))
                error = http::error::bad_chunk_extension;
        };

    void begin(qsizetype headBytes)
    {
        parser.emplace();
        parser->eager(true);
        parser->on_chunk_header(checkChunk);
        // HttpHead has checked the size; Beast's own limits count a little differently.
        parser->header_limit(static_cast<std::uint32_t>(headBytes + maximumChunkLine));
        parser->body_limit(std::numeric_limits<std::uint64_t>::max());
    }

    std::size_t put(QByteArrayView bytes, error_code &error)
    {
        return live().put(asio::const_buffer(bytes.data(), static_cast<std::size_t>(bytes.size())),
                          error);
    }
};

HttpFraming::HttpFraming(HeadLimits limits, const QHostAddress &peer)
    : m_head(limits)
    , m_peer(peer)
    , m_parser(std::make_unique<Parser>())
{}

HttpFraming::~HttpFraming() = default;

void HttpFraming::append(QByteArrayView bytes)
{
    if (m_stage == Stage::Failed)
        return;
    if (m_offset > 0 && m_offset == m_buffer.size()) {
        m_buffer.resize(0);
        m_offset = 0;
    }
    m_buffer.append(bytes);
}

HttpFraming::Event HttpFraming::advance()
{
    switch (m_stage) {
    case Stage::Head:
        return advanceHead();
    case Stage::Body:
        return advanceBody();
    case Stage::Complete:
        return Event::Request;
    case Stage::Failed:
        return Event::Failed;
    }
    Q_UNREACHABLE();
}

HttpFraming::Event HttpFraming::advanceHead()
{
    const QByteArrayView bytes = QByteArrayView(m_buffer).sliced(m_offset);
    switch (m_head.scan(bytes)) {
    case HttpHead::State::Incomplete:
        return Event::NeedMore;
    case HttpHead::State::Failed:
        return fail(m_head.failure());
    case HttpHead::State::Complete:
        break;
    }
    const QByteArrayView head = bytes.sliced(m_head.begin(), m_head.length() - m_head.begin());
    m_parser->begin(head.size());
    error_code error;
    const std::size_t used = m_parser->put(head, error);
    if (error || used != static_cast<std::size_t>(head.size())
        || !m_parser->live().is_header_done())
        return fail({400, u"the request header is malformed"_s});
    consume(m_head.length());
    takeHead();
    m_stage = m_hasBody ? Stage::Body : Stage::Complete;
    return Event::Head;
}

void HttpFraming::takeHead()
{
    const Parser::Type &parser = m_parser->live();
    const auto &message = parser.get();
    m_hasBody = !parser.is_done();
    m_keepsAlive = parser.keep_alive();
    m_request.method = toBytes(message.method_string());
    m_request.target = toBytes(message.target());
    QByteArrayView local = m_request.target;
    if (!local.startsWith('/') && local != "*") { // http://host/path, checked by HttpHead
        local = local.sliced(QByteArrayView("http://").size());
        const auto end = std::ranges::find_if(local, [](char c) { return c == '/' || c == '?'; });
        local = local.sliced(end - local.begin());
    }
    const qsizetype mark = local.indexOf('?');
    m_request.path = (mark < 0 ? local : local.first(mark)).toByteArray();
    m_request.query = mark < 0 ? QByteArray() : local.sliced(mark + 1).toByteArray();
    if (m_request.path.isEmpty())
        m_request.path = "/"_ba;
    m_request.peer = m_peer;
    m_request.headers.reserve(8);
    for (const auto &field : message)
        m_request.headers.add(toBytes(field.name_string()), toBytes(field.value()));
}

void HttpFraming::setBodyLimit(qint64 bytes)
{
    m_bodyLimit = std::max<qint64>(bytes, 0);
    if (m_stage == Stage::Body)
        m_parser->live().body_limit(static_cast<std::uint64_t>(m_bodyLimit));
    const qint64 promised = m_head.contentLength().value_or(0);
    if (promised > m_bodyLimit)
        fail({413, u"the request body of %1 bytes is larger than the limit of %2 bytes"_s.arg(
                       QString::number(promised), QString::number(m_bodyLimit))});
}

HttpFraming::Event HttpFraming::advanceBody()
{
    Parser::Type &parser = m_parser->live();
    const QByteArrayView bytes = QByteArrayView(m_buffer).sliced(m_offset);
    if (bytes.isEmpty())
        return Event::NeedMore;
    error_code error;
    consume(static_cast<qsizetype>(m_parser->put(bytes, error)));
    if (error == http::error::body_limit) {
        const QString limit = QString::number(m_bodyLimit);
        return fail({413, u"the request body of more than %1 bytes is larger than the limit of %2 "
                          "bytes"_s.arg(limit, limit)});
    }
    if (error && error != http::error::need_more)
        return fail({400, u"the chunked body is malformed"_s});
    if (parser.is_done()) {
        m_stage = Stage::Complete;
        return Event::Request;
    }
    if (buffered() > maximumChunkLine)
        return fail({400, u"the chunked body has an endless line"_s});
    return Event::NeedMore;
}

HttpRequest HttpFraming::takeRequest()
{
    Q_ASSERT(m_stage == Stage::Complete);
    m_request.body = std::move(m_parser->live().get().body());
    m_parser->parser.reset();
    m_head.reset();
    m_stage = Stage::Head;
    if (buffered() == 0 && m_buffer.capacity() > maximumIdleBuffer) {
        m_buffer = QByteArray();
        m_offset = 0;
    }
    return std::exchange(m_request, {});
}

bool HttpFraming::isIdle() const
{
    return m_stage == Stage::Head && buffered() == 0;
}

HttpFraming::Event HttpFraming::fail(HttpFailure failure)
{
    m_failure = std::move(failure);
    m_stage = Stage::Failed;
    m_buffer = QByteArray();
    m_offset = 0;
    m_parser->parser.reset();
    return Event::Failed;
}

void HttpFraming::consume(qsizetype bytes)
{
    m_offset += bytes;
    // Pipelined leftovers move to the front now and then, so that the buffer does not grow.
    if (m_offset > 64 * 1024) {
        m_buffer.remove(0, m_offset);
        m_offset = 0;
    }
}

} // namespace devserver::transport
