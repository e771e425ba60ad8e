package io.buildkitefleet.config;

/** Reads how trusted queues check out. */
final class CheckoutReader {
    private CheckoutReader() {}

    static CheckoutConfig read(Section in) {
        try (in) {
            return new CheckoutConfig(
                    in.field("sshKey", "Secret key that holds the private ssh key with which trusted queues check out")
                            .secretKey()
                            .optional("none; public repositories only"),
                    in.field(
                                    "gitMirror",
                                    "Where trusted queues keep mirrors of their repositories, for faster checkouts")
                            .choice(GitMirror.class)
                            .orElse(GitMirror.NODE));
        }
    }
}
