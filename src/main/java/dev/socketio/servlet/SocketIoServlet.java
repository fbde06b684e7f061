package dev.socketio.servlet;

import dev.socketio.SocketIoServer;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Carries the connections of a Socket.IO server and serves the browser's client. {@link SocketIoInitializer} registers
 * it; by hand, it must be registered with asynchronous requests supported and mapped to the server's path with all below
 * it, such as {@code /socket.io/*}. Closes the server when the container stops it.
 */
public final class SocketIoServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient SocketIoServer io;
    private final transient EngineEndpoint endpoint;
    private final transient @Nullable ClientFiles files;

    /** Creates the servlet for one server. */
    public SocketIoServlet(SocketIoServer io) {
        this.io = io;
        this.endpoint = new EngineEndpoint(io.engine(), io.options().cors(), !io.hasOwnExecutor());
        this.files = io.options().serveClient() ? new ClientFiles() : null;
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        endpoint.init(config);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (endpoint.answer(request, response) || (files != null && files.serve(request, response))) {
            return;
        }
        endpoint.service(request, response);
    }

    @Override
    public void destroy() {
        io.close();
        endpoint.destroy();
    }
}
