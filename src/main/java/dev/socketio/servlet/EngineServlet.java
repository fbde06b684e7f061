package dev.socketio.servlet;

import dev.socketio.Cors;
import dev.socketio.engine.EngineServer;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * Carries the connections of a bare Engine.IO server. It must be registered with asynchronous requests supported, and
 * mapped to a path with all below it, such as {@code /engine.io/*}. Closes the server when the container stops it.
 */
public final class EngineServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient EngineServer engine;
    private final transient EngineEndpoint endpoint;

    /** Creates the servlet for one server. */
    public EngineServlet(EngineServer engine, Cors cors) {
        this.engine = engine;
        this.endpoint = new EngineEndpoint(engine, cors, /* waits= */ true);
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        endpoint.init(config);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!endpoint.answer(request, response)) {
            endpoint.service(request, response);
        }
    }

    @Override
    public void destroy() {
        engine.close();
        endpoint.destroy();
    }
}
