package dev.socketio.chat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The files of the web application, in any container, under a policy that lets nothing inline count. */
final class WebAppFiles extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Path FOLDER = Path.of("webapp").toAbsolutePath();

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css",
            "js", "text/javascript",
            "svg", "image/svg+xml");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Objects.requireNonNullElse(request.getPathInfo(), "/");
        Path file = FOLDER.resolve(path.endsWith("/") ? "index.html" : path.substring(1));
        if (!Files.isRegularFile(file)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String name = file.toString();
        response.setContentType(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        response.setHeader("Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'");
        Files.copy(file, response.getOutputStream());
    }
}
