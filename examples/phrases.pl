#!/usr/bin/perl
# A library in Perl: it reads a text once, and then answers calls about it. All that a small library needs of
# docs/LIBRARY-PROTOCOL.md: hello, and an answer for each call.
use strict;
use warnings;
use IO::Socket::UNIX;
use JSON::PP;

my $json = JSON::PP->new->utf8->allow_nonref;

# What is expensive is done before hello.
open(my $file, '<:encoding(UTF-8)', 'text') or die "text: $!";
my @lines = <$file>;
close($file);

my %functions = (
    count => sub { my ($pattern) = @_; scalar grep { /$pattern/ } @lines },
    first => sub { my ($pattern) = @_; my ($line) = grep { /$pattern/ } @lines; chomp $line if defined $line; $line },
);

my $worker = IO::Socket::UNIX->new(Peer => $ENV{VINE_LIBRARY_SOCKET}) or die "no worker: $@";

sub say_to_worker {
    my $header = $json->encode({@_});
    print {$worker} pack('NN', length $header, 0), $header or exit 0;
    $worker->flush;
}

sub hear {
    my ($bytes) = @_;
    my $heard = '';
    while (length $heard < $bytes) {
        read($worker, $heard, $bytes - length $heard, length $heard) or exit 0;
    }
    return $heard;
}

say_to_worker(
    type => 'hello', protocol => 1, token => $ENV{VINE_LIBRARY_TOKEN},
    slots => 1, pid => $$, functions => [sort keys %functions],
);
while (1) {
    my ($header_bytes, $body_bytes) = unpack('NN', hear(8));
    my $said = $json->decode(hear($header_bytes));
    my $body = hear($body_bytes);
    die "refused: $said->{message}" if $said->{type} eq 'refused';
    last if $said->{type} eq 'end';
    next if $said->{type} ne 'call';
    # Large arguments do not fit into the header: then they are the body.
    my $value = eval {
        my $args = $said->{args} // $json->decode($body)->[0];
        $functions{ $said->{function} }->(@$args);
    };
    if ($@) { say_to_worker(type => 'error', id => $said->{id}, kind => 'exception', message => $@, traceback => '') }
    else    { say_to_worker(type => 'result', id => $said->{id}, value => $value) }
}
