package dev.clap4j.langchain4j;

import dev.clap4j.Image;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pictures of LangChain4j as those of clap4j. */
final class Pictures {
    private static final Pattern DATA = Pattern.compile("data:[^,]*;base64,", Pattern.CASE_INSENSITIVE);

    private Pictures() {}

    /**
     * Reads a picture without decoding it.
     *
     * @param place its place in the request, for messages
     * @throws InvalidRequestException if there is no picture, or it is not base64
     * @throws UnsupportedFeatureException if it would have to be fetched
     */
    static Image read(String place, dev.langchain4j.data.image.Image picture) {
        if (picture.base64Data() != null) {
            return decoded(place, picture.base64Data());
        }
        if (picture.url() == null) {
            throw new InvalidRequestException(place + " has neither base64 data nor a data URI");
        }
        return ofUri(place, picture.url());
    }

    private static Image ofUri(String place, URI uri) {
        String text = uri.toString();
        Matcher start = DATA.matcher(text);
        if (start.lookingAt()) {
            return decoded(place, text.substring(start.end()));
        }
        String scheme = uri.getScheme() == null ? "no scheme" : uri.getScheme().toLowerCase(Locale.ROOT);
        throw new UnsupportedFeatureException(place + " is an address (" + scheme
                + "), and addresses are not fetched; give the picture itself, as base64 or as a data URI with base64");
    }

    private static Image decoded(String place, String base64) {
        try {
            return Image.of(Base64.getDecoder().decode(base64)).named(place);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(place + " is not base64: " + e.getMessage(), e);
        }
    }
}
