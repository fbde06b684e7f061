package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.Cors;
import dev.socketio.engine.EngineError;
import dev.socketio.engine.EngineRefusal;
import dev.socketio.engine.EngineServer;
import dev.socketio.engine.HttpReply;
import dev.socketio.engine.WebSocketHandshake;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the servlets have in common: requests of one path, brought to an engine. */
final class EngineEndpoint {

    private final EngineServer engine;
    private final CorsPolicy cors;

    /** Set when the container starts the servlet. */
    private @Nullable EndpointContext context;

    EngineEndpoint(EngineServer engine, Cors cors) {
        this.engine = engine;
        this.cors = new CorsPolicy(cors);
    }

    void init(ServletContext servletContext) {
        context = new EndpointContext(cors, engine.options().roles(), WebSocketUpgrade.of(servletContext));
    }

    /** Tells pages of other origins what they may do; returns true if that was all the request asked. */
    boolean answerCors(HttpServletRequest request, HttpServletResponse response) {
        cors.addHeaders(request, response);
        return cors.answerPreflight(request, response);
    }

    void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        EndpointContext started = requireNonNull(context, "init has not been called");
        ServletRequestHead head = new ServletRequestHead(request, started);
        if (isUpgrade(request)) {
            upgrade(request, response, head, started.upgrade());
            return;
        }
        ServletExchange exchange = new ServletExchange(request, response, head);
        engine.handle(exchange);
        exchange.leaveService();
    }

    /** Over HTTP/2 a WebSocket is asked for with CONNECT (RFC 8441). */
    private static boolean isUpgrade(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                || request.getMethod().equals("CONNECT");
    }

    private void upgrade(
            HttpServletRequest request,
            HttpServletResponse response,
            ServletRequestHead head,
            @Nullable WebSocketUpgrade upgrade)
            throws ServletException, IOException {
        if (upgrade == null) {
            refuse(response, HttpReply.refusedUpgrade(EngineError.BAD_REQUEST, "WebSocket is not available"));
            return;
        }
        if (!isComplete(request)) {
            refuse(response, HttpReply.refusedUpgrade(EngineError.BAD_REQUEST, EngineError.BAD_REQUEST.message()));
            return;
        }
        WebSocketHandshake handshake;
        try {
            handshake = engine.acceptWebSocket(head);
        } catch (EngineRefusal refusal) {
            refuse(response, refusal.reply());
            return;
        }
        handshake.headers().writeTo(response::setHeader, response::addHeader);
        upgrade.upgrade(request, response, handshake);
    }

    /** Containers differ in what they make of a handshake that is none (RFC 6455, 4.2.1): nothing, or an exception. */
    private static boolean isComplete(HttpServletRequest request) {
        String connection = String.join(",", Collections.list(request.getHeaders("Connection")));
        return request.getMethod().equals("CONNECT")
                || (request.getMethod().equals("GET")
                        && connection.toLowerCase(Locale.ROOT).contains("upgrade")
                        && "13".equals(request.getHeader("Sec-WebSocket-Version"))
                        && request.getHeader("Sec-WebSocket-Key") != null);
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
    }
}
