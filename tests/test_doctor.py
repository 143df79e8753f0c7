"""What the doctor finds on a machine."""

import importlib.metadata
import shutil
import sys

import pytest

from graders import doctor
from graders.errors import CannotGrade
from graders.sandbox import lockdown
from graders.sandbox.jail import Tier

SUPPORT = lockdown.probe()
in_the_jail = pytest.mark.skipif(bool(SUPPORT.reason), reason=SUPPORT.reason or "there is a jail")


def named(findings, name):
    return [finding for finding in findings if finding.name == name]


@in_the_jail
def test_a_machine_with_a_jail_is_well(monkeypatch):
    monkeypatch.setenv("KATA_BWRAP", "0")

    findings = doctor.diagnose()

    assert all(finding.ok for finding in findings), findings
    assert named(findings, "sandbox")[0].text == "in force: tier B, landlock+seccomp"
    assert len(named(findings, "refused")) == 4
    assert named(findings, "worker")[0].text.startswith("answers, ")


def test_a_missing_package_is_named_with_a_remedy(monkeypatch):
    def version(name):
        if name == "jinja2":
            raise importlib.metadata.PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(importlib.metadata, "version", version)

    (found,) = named(doctor.diagnose(), "packages")

    assert (found.ok, found.text, found.fix) == (False, "missing: jinja2", "make demo")


def test_an_old_python_and_a_missing_git_are_told(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9))
    monkeypatch.setattr(shutil, "which", lambda _: None)

    assert doctor._python().fix == "install Python 3.11 or newer"
    assert doctor._git() == doctor.Finding("git", False, "missing", "install git")


def test_a_sandbox_that_does_not_start_is_a_finding(monkeypatch):
    def choose(_):
        raise CannotGrade("no zygote", fix="kata doctor")

    monkeypatch.setattr(doctor, "choose_tier", choose)

    assert doctor._sandbox() == [doctor.Finding("sandbox", False, "no zygote", "kata doctor")]


def test_a_tier_without_the_kernel_is_no_protection_and_said_to_be_none(monkeypatch):
    weak = Tier("C", "process", False, False, "no Landlock")
    monkeypatch.setattr(doctor, "choose_tier", lambda _: weak)

    findings = doctor._sandbox()

    assert (findings[0].ok, "not protected" in findings[0].text) == (False, True)
    assert named(findings, "worker")[0].ok
    assert named(findings, "refused") == []


@in_the_jail
def test_what_is_not_refused_is_a_finding(monkeypatch):
    monkeypatch.setattr(doctor, "_PROBES", doctor._PROBES.replace("os.fork()", "5"))

    findings = doctor._sandbox()

    assert [f.text for f in findings if not f.ok] == ["a worker starts a process"]


@in_the_jail
def test_a_worker_that_does_not_answer_is_a_finding(monkeypatch):
    monkeypatch.setattr(doctor, "_PROBES", "import os\nos._exit(0)\n")

    assert named(doctor._sandbox(), "worker") == [
        doctor.Finding("worker", False, "no answer: exited", "kata --verbose doctor")
    ]
