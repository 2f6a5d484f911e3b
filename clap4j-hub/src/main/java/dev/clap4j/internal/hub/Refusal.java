package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import java.net.http.HttpResponse;

/** Explains the hub's refusals and what to do about them, without quoting the server. */
final class Refusal {
    private Refusal() {}

    static ClapException of(HttpResponse<?> response, Repository repository, HubSettings settings) {
        int status = response.statusCode();
        String code = response.headers().firstValue("X-Error-Code").orElse("");
        if (code.equals("GatedRepo")) {
            return gated(repository, settings);
        }
        if (code.equals("RevisionNotFound")) {
            return new ClapException(
                    repository.id() + " has no revision " + repository.revision() + " on " + settings.host());
        }
        return switch (status) {
            case 401, 404 -> unknown(repository, settings);
            case 403 ->
                new ClapException(settings.host() + " does not let "
                        + (settings.token().isPresent() ? "the owner of your token" : "strangers") + " read "
                        + repository.id() + "; ask for access at " + page(repository, settings)
                        + token(settings));
            case 429 ->
                new ClapException(settings.host() + " has had too many requests from here; try again in some minutes"
                        + (settings.token().isPresent() ? "" : ", or with a token in HF_TOKEN"));
            default ->
                new ClapException(settings.host() + " answers with status " + status + " for " + repository
                        + "; try again later");
        };
    }

    private static ClapException gated(Repository repository, HubSettings settings) {
        return new ClapException(repository.id() + " is gated: accept its conditions at " + page(repository, settings)
                + token(settings));
    }

    private static String token(HubSettings settings) {
        return settings.token().isPresent()
                ? " with the account of your token (HF_TOKEN, or the file that hf auth login wrote)"
                : ", then put a token from " + settings.endpoint() + "/settings/tokens into the variable HF_TOKEN";
    }

    /** The hub hides private repositories from those who may not read them, so it never says that one exists. */
    private static ClapException unknown(Repository repository, HubSettings settings) {
        return new ClapException("There is neither a folder " + repository.id() + " here nor a model of that name on "
                + settings.host()
                + NearestName.hint(repository.id(), Tags.published().repositories())
                + (settings.token().isPresent()
                        ? ", or your token may not read it, or is not valid"
                        : "; if it is private, put a token that may read it into the variable HF_TOKEN"));
    }

    private static String page(Repository repository, HubSettings settings) {
        return settings.endpoint() + "/" + repository.id();
    }
}
