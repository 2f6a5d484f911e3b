package dev.clap4j.internal.http;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses of endpoints as users write them. */
final class EndpointAddress {
    private static final int LAST_PORT = 65_535;

    private EndpointAddress() {}

    /**
     * Returns the address of a service's requests.
     *
     * @param endpoint with or without the path of the service, and with any number of slashes at its end
     * @param key must not be part of the address
     * @throws ClapException if it is no address of the web, or contains a password, key or query
     */
    static URI parse(String endpoint, Service service, Optional<ApiKey> key) {
        String base = endpoint.strip().replaceAll("/+$", "");
        if (base.matches("(?s).*[@?#].*") || key.stream().anyMatch(secret -> secret.isIn(base))) {
            // Not shown, for it may hold a password.
            throw new ClapException(
                    Problem.KEY_EXPECTED_ELSEWHERE,
                    "The endpoint should be a plain address, such as " + service.example()
                            + ", without a user, password, key or query; a key is given apart from it");
        }
        try {
            URI address = new URI(base.endsWith(service.path()) ? base : base + service.path());
            boolean http =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (http && address.getHost() != null && address.getPort() <= LAST_PORT) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Reported below, like any other invalid address.
        }
        throw new ClapException(
                "The endpoint \"" + endpoint + "\" is not an address; write it as in " + service.example());
    }
}
