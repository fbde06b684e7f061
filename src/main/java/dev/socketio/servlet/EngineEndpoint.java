package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.Cors;
import dev.socketio.engine.EngineRefusal;
import dev.socketio.engine.EngineServer;
import dev.socketio.engine.HttpReply;
import dev.socketio.engine.WebSocketHandshake;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the servlets have in common: requests of one path, brought to an engine. */
final class EngineEndpoint {

    private final EngineServer engine;
    private final CorsPolicy cors;
    private final boolean waits;

    /** Set when the container starts the servlet. */
    private @Nullable EndpointContext context;

    private @Nullable SynchronousFilters filters;

    /** @param waits whether who takes the engine's messages may keep the thread that brings them waiting */
    EngineEndpoint(EngineServer engine, Cors cors, boolean waits) {
        this.engine = engine;
        this.waits = waits;
        this.cors = new CorsPolicy(cors);
    }

    void init(ServletConfig config) {
        ServletContext servletContext = config.getServletContext();
        filters = SynchronousFilters.check(config);
        context = new EndpointContext(
                cors,
                engine.options().roles(),
                WebSocketUpgrade.of(servletContext, engine.options().perMessageDeflate(), waits),
                Forwarder.of(engine));
    }

    /**
     * Answers what is not for the engine: requests beside the path, and those that ask what pages of other origins may
     * do. Other responses tell these pages, too.
     *
     * @return false if there is more to do
     */
    boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getPathInfo() == null && engine.options().addTrailingSlash()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return true;
        }
        cors.addHeaders(request, response);
        return cors.answerPreflight(request, response);
    }

    void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        EndpointContext started = requireNonNull(context, "init has not been called");
        ServletRequestHead head = new ServletRequestHead(request, started);
        if (head.asksForWebSocket()) {
            upgrade(request, response, head, started.upgrade());
            return;
        }
        requireNonNull(filters).check(request);
        if (Forwarder.isForwarded(request)) {
            // a connection that is kept may end just when the next POST comes, which cannot be sent again
            response.setHeader("Connection", "close");
        }
        ServletExchange exchange = new ServletExchange(request, response, head, started::complete);
        if (started.forwarder() == null || !started.forwarder().forward(request, exchange)) {
            engine.handle(exchange);
        }
        exchange.leaveService();
    }

    private void upgrade(
            HttpServletRequest request,
            HttpServletResponse response,
            ServletRequestHead head,
            @Nullable WebSocketUpgrade upgrade)
            throws ServletException, IOException {
        WebSocketHandshake handshake;
        try {
            handshake = engine.acceptWebSocket(head);
        } catch (EngineRefusal refusal) {
            refuse(response, refusal.reply());
            return;
        }
        handshake.headers().writeTo(response::setHeader, response::addHeader);
        requireNonNull(upgrade, "accepted without a way to WebSockets").upgrade(request, response, handshake);
    }

    private static void refuse(HttpServletResponse response, HttpReply reply) throws IOException {
        response.setStatus(reply.status());
        response.setHeader("Connection", "close");
        if (reply.contentType() != null) {
            response.setHeader("Content-Type", reply.contentType());
        }
        response.setContentLength(reply.body().length);
        reply.headers().writeTo(response::setHeader, response::addHeader);
        response.getOutputStream().write(reply.body());
    }

    void destroy() {
        if (context != null && context.upgrade() != null) {
            context.upgrade().close();
        }
        if (context != null && context.forwarder() != null) {
            context.forwarder().close();
        }
    }
}
