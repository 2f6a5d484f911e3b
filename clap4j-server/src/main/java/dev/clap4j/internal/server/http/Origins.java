package dev.clap4j.internal.server.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The protection against web pages of other sites that a user of this machine visits: they may not send requests here,
 * nor give their own name to this address.
 *
 * @param loopback whether the server listens on loopback alone
 * @param names the names by which others know it, in lower case
 */
public record Origins(boolean loopback, Set<String> names) {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Returns those of a server.
     *
     * @param listening the address on which it listens
     * @param names the names by which others know it
     */
    public static Origins of(String listening, Set<String> names) {
        Set<String> lower =
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        try {
            return new Origins(InetAddress.getByName(listening).isLoopbackAddress(), lower);
        } catch (UnknownHostException e) {
            return new Origins(false, lower);
        }
    }

    /**
     * Checks a request.
     *
     * @param host the header, with the port; null if there is none
     * @param origin the header; null if it is not from a web page
     * @param port the port on which the request came in
     */
    void check(String host, String origin, int port) {
        String name = host == null ? "" : withoutPort(host.toLowerCase(Locale.ROOT));
        if (loopback && !LOCAL.contains(name) && !names.contains(name)) {
            throw ApiException.forbidden("This server answers to http://localhost:" + port
                    + " and to the public hosts that were set for it, not to other names");
        }
        if (origin != null && !isOwn(origin, host)) {
            throw ApiException.forbidden("Web pages of other sites may not use this server");
        }
    }

    private boolean isOwn(String origin, String host) {
        try {
            String page = URI.create(origin).getRawAuthority();
            return page != null
                    && (page.equalsIgnoreCase(host) || names.contains(withoutPort(page.toLowerCase(Locale.ROOT))));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
