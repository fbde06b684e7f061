package dev.socketio.chat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * Tells browsers what the pages of this web application may do: scripts, styles and connections are its own, nothing
 * stands inline, nobody else shows them in a frame. WebSockets to the page's own server are covered by {@code 'self'}.
 *
 * <p>Forms and frames of its own are allowed for clients of Socket.IO 1 and 2, which post by them when they use JSONP.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class SecurityHeaders extends HttpFilter {

    @Serial
    private static final long serialVersionUID = 1;

    /** The page that shows images which have come as messages, and so have no address. */
    private static final String STAGE = "/stage.html";

    private static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean stage = STAGE.equals(request.getServletPath());
        response.setHeader("Content-Security-Policy", stage ? POLICY + "; img-src 'self' blob:" : POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        chain.doFilter(request, response);
    }
}
