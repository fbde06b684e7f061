package dev.socketio.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for filters in front of a servlet that are registered without support for asynchronous requests: every poll that
 * has to wait fails behind such a filter. The Servlet API lets nobody ask how a filter is registered, but every container
 * keeps it close to what it hands out; where it is not found, the first request shows that there is such a filter.
 */
final class SynchronousFilters {

    private static final Logger log = LoggerFactory.getLogger(SynchronousFilters.class);

    private static final String FIX = "give it <async-supported>true</async-supported> in web.xml,"
            + " asyncSupported = true in its @WebFilter, or setAsyncSupported(true) where code registers it";

    /** From a container's registration to its description of the filter. */
    private static final int DEPTH = 2;

    private final List<FilterRegistration> inFront;
    private final AtomicBoolean told = new AtomicBoolean();

    private SynchronousFilters(List<FilterRegistration> inFront) {
        this.inFront = inFront;
    }

    /** Tells the log of the filters that are known to be wrong. Called while the servlet is initialized. */
    static SynchronousFilters check(ServletConfig servlet) {
        ServletContext context = servlet.getServletContext();
        String name = servlet.getServletName();
        ServletRegistration registration = context.getServletRegistration(name);
        Collection<String> paths = registration == null ? List.of() : registration.getMappings();
        List<FilterRegistration> inFront = context.getFilterRegistrations().values().stream()
                .<FilterRegistration>map(each -> each)
                .filter(each -> isInFront(each, name, paths))
                .toList();
        SynchronousFilters filters = new SynchronousFilters(inFront);
        for (FilterRegistration each : inFront) {
            if (Boolean.FALSE.equals(isAsyncSupported(each, DEPTH))) {
                filters.told.set(true);
                log.error(
                        "{} stands before {} without support for asynchronous requests, so polls will fail: {}",
                        describe(each),
                        paths,
                        FIX);
            }
        }
        return filters;
    }

    /** Tells the log, once, that there is a filter that was not found before. */
    void check(HttpServletRequest request) {
        if (!request.isAsyncSupported() && !told.getAndSet(true)) {
            String known = inFront.stream().map(SynchronousFilters::describe).collect(Collectors.joining(", "));
            log.error(
                    "polls to {} will fail: the servlet, or one of [{}], is registered without support for"
                            + " asynchronous requests: {}",
                    request.getServletPath(),
                    known,
                    FIX);
        }
    }

    private static String describe(FilterRegistration filter) {
        return "filter " + filter.getName() + " (" + filter.getClassName() + ")";
    }

    private static boolean isInFront(FilterRegistration filter, String servlet, Collection<String> paths) {
        Collection<String> servlets = filter.getServletNameMappings();
        return servlets.contains(servlet)
                || servlets.contains("*")
                || filter.getUrlPatternMappings().stream()
                        .anyMatch(pattern -> paths.stream().anyMatch(path -> covers(pattern, path)));
    }

    /** Returns whether a filter's pattern is that of the servlet or of a folder above it. */
    private static boolean covers(String pattern, String path) {
        return pattern.equals(path)
                || (pattern.endsWith("/*") && path.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    /** Returns null if the container does not let it be found. */
    private static @Nullable Boolean isAsyncSupported(Object described, int depth) {
        for (String method : List.of("isAsyncSupported", "getAsyncSupported")) {
            try {
                Object answer = open(described.getClass().getMethod(method)).invoke(described);
                return Boolean.valueOf(String.valueOf(answer));
            } catch (ReflectiveOperationException | RuntimeException notHere) {
                log.trace("no {} in {}", method, described.getClass());
            }
        }
        Boolean found = null;
        for (Class<?> type = described.getClass(); depth > 0 && found == null && type != null; ) {
            for (Field field : type.getDeclaredFields()) {
                found = found == null ? isAsyncSupported(described, field, depth) : found;
            }
            type = type.getSuperclass();
        }
        return found;
    }

    private static @Nullable Boolean isAsyncSupported(Object owner, Field field, int depth) {
        boolean described = field.getType().getSimpleName().startsWith("Filter");
        if (Modifier.isStatic(field.getModifiers()) || !described) {
            return null;
        }
        try {
            Object value = open(field).get(owner);
            return value == null ? null : isAsyncSupported(value, depth - 1);
        } catch (ReflectiveOperationException | RuntimeException notOpen) {
            log.trace("{} cannot be read", field);
            return null;
        }
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }
}
