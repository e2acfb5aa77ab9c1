metadata description = 'Who is told, and of what. Each log alert fires when its query returns a row; each says what the code must emit for it.'

@description('Required. Name that the alerts and the action group begin with.')
@minLength(2)
@maxLength(32)
param name string

@description('Required. Region of the log alerts: that of Application Insights.')
@minLength(3)
@maxLength(40)
param location string

@description('Required. Resource id of the Application Insights component that the alerts query.')
@minLength(1)
@maxLength(512)
param componentId string

@description('Required. Resource id of the vault that is watched.')
@minLength(1)
@maxLength(512)
param vaultId string

@description('Required. Who is told, by e-mail.')
@minLength(1)
@maxLength(10)
param emails string[]

@description('Required. Messages in one poison queue that are too many.')
@minValue(1)
@maxValue(1000000)
param poisonMessages int

@description('Required. Minutes that a message may wait in a work queue.')
@minValue(1)
@maxValue(1440)
param oldestMessageMinutes int

@description('Required. Share of failed function calls, in percent, that is too many.')
@minValue(1)
@maxValue(100)
param errorRatePercent int

@description('Required. Messages that Twilio took in an hour, from which on callbacks are expected.')
@minValue(1)
@maxValue(100000)
param sentWithoutCallback int

@description('Required. Minutes that a broadcast may wait for its approval.')
@minValue(1)
@maxValue(10080)
param approvalMinutes int

@description('A log alert: what it is called, how bad it is (0 critical … 4 verbose), and the rows that must not be.')
type logAlert = {
  @description('Name, after the common beginning.')
  @minLength(1)
  @maxLength(40)
  name: string
  @description('What happened and what to do; what the query needs.')
  @minLength(1)
  @maxLength(512)
  description: string
  @description('0 critical, 1 error, 2 warning.')
  @minValue(0)
  @maxValue(4)
  severity: int
  @description('Span of logs that the query sees.')
  span: 'PT5M' | 'PT15M' | 'PT30M' | 'PT1H'
  @description('How often the query runs.')
  every: 'PT1M' | 'PT5M' | 'PT15M'
  @description('KQL over Application Insights\' tables.')
  @minLength(1)
  @maxLength(4000)
  query: string
}

@description('On metrics, which are never sampled; the tests hold their names against the code. The one text is the Functions host\'s own, which tells it no other way.')
var logAlerts logAlert[] = [
  {
    name: 'poison'
    severity: 1
    span: 'PT15M'
    every: 'PT5M'
    description: 'Messages lie in a poison queue: read their reasons, fix the cause, then replay them. Needs the metric bulksms.queue.depth with the dimension queue; what the Functions host itself gives up on is seen in its own log without it.'
    query: '''
union
  (customMetrics
  | where name == 'bulksms.queue.depth' and tostring(customDimensions.queue) endswith '-poison'
  | summarize depth = max(value) by queue = tostring(customDimensions.queue)
  | where depth >= {0}),
  (traces
  | where message has 'MaxDequeueCount'
  | summarize depth = todouble(sum(itemCount)) by queue = 'given up by the host')
| where depth > 0
'''
  }
  {
    name: 'oldest-message'
    severity: 2
    span: 'PT15M'
    every: 'PT5M'
    description: 'A message waits too long: sending is slower than accepting, held, or stopped. Needs the metric bulksms.queue.oldest_age, in seconds, with the dimension queue.'
    query: '''
customMetrics
| where name == 'bulksms.queue.oldest_age' and tostring(customDimensions.queue) !endswith '-poison'
| where tostring(customDimensions.queue) != 'events-outbound' // what is tried again was written long ago
| summarize age = max(value) by queue = tostring(customDimensions.queue)
| where age >= 60 * {1}
'''
  }
  {
    name: 'suspended'
    severity: 0
    span: 'PT5M'
    every: 'PT1M'
    description: 'Twilio refuses the account and nothing is sent: GET /api/v1/sending names the code. Fix the account or its credentials, then resume. Needs the metric bulksms.sending.suspended with the dimension code, Twilio\'s, 0 for an operator.'
    query: '''
customMetrics
| where name == 'bulksms.sending.suspended' and tostring(customDimensions.code) != '0'
| summarize suspended = max(value) by code = tostring(customDimensions.code)
| where suspended > 0
'''
  }
  {
    name: 'unknown-code'
    severity: 2
    span: 'PT15M'
    every: 'PT5M'
    description: 'Twilio gives a code that BulkSms does not know, and its messages are rejected: look the code up, pause the broadcast if it concerns more than single recipients. Needs the metric bulksms.codes.unknown with the dimension code.'
    query: '''
customMetrics
| where name == 'bulksms.codes.unknown'
| summarize messages = sum(valueSum) by code = tostring(customDimensions.code)
| where messages > 0
'''
  }
  {
    name: 'circuit-open'
    severity: 1
    span: 'PT15M'
    every: 'PT5M'
    description: 'Twilio is away: calls do not reach it, or have no readable answer, and the circuit breaker has stopped them for minutes. Everything is kept. Needs the metric bulksms.circuit.open, 1 while it is open.'
    query: '''
customMetrics
| where name == 'bulksms.circuit.open' and value > 0
| summarize minutes = dcount(bin(timestamp, 1m))
| where minutes >= 5
'''
  }
  {
    name: 'error-rate'
    severity: 1
    span: 'PT15M'
    every: 'PT5M'
    description: 'Too many function calls fail: storage away, or a bug. Refused requests (4xx) do not count. Needs the Functions host\'s request telemetry.'
    query: '''
requests
| summarize total = sum(itemCount), failed = sumif(itemCount, resultCode startswith '5' or (success == false and not(resultCode startswith '4')))
| where total >= 20 and 100.0 * failed / total >= {2}
'''
  }
  {
    name: 'no-callbacks'
    severity: 1
    span: 'PT1H'
    every: 'PT15M'
    description: 'Twilio takes messages but none of its callbacks is accepted: is the app reachable, is Webhooks:PublicBaseUrl its address, is the auth token the account\'s? Needs the metrics bulksms.messages, by outcome, and bulksms.webhooks.accepted, by route.'
    query: '''
customMetrics
| where name in ('bulksms.messages', 'bulksms.webhooks.accepted')
| summarize
    sent = sumif(valueSum, name == 'bulksms.messages' and tostring(customDimensions.outcome) == 'accepted' and timestamp < ago(10m)),
    called = sumif(valueSum, name == 'bulksms.webhooks.accepted' and tostring(customDimensions.route) == 'webhooks/status')
| where sent >= {3} and called == 0
'''
  }
  {
    name: 'optouts-untaken'
    severity: 1
    span: 'PT15M'
    every: 'PT5M'
    description: 'Texts of people who opt out, or in, could not be taken: storage or Twilio is away. Twilio repeats them if the inbound webhook ends in #rc=5&rp=all, and the sweeper reads from Twilio\'s list what is missed. Needs the metric bulksms.optouts.untaken.'
    query: '''
customMetrics
| where name == 'bulksms.optouts.untaken'
| summarize texts = sum(valueSum)
| where texts > 0
'''
  }
  {
    name: 'optouts-refused'
    severity: 1
    span: 'PT1H'
    every: 'PT15M'
    description: 'Texts from recipients come without a valid signature of Twilio, and none with one: the auth token is not the account\'s, or Webhooks:PublicBaseUrl is not the address that Twilio calls. People who opt out are heard late. Needs the metrics bulksms.webhooks.refused and bulksms.webhooks.accepted with the dimension route.'
    query: '''
customMetrics
| where name in ('bulksms.webhooks.refused', 'bulksms.webhooks.accepted') and tostring(customDimensions.route) == 'webhooks/optout'
| summarize refused = sumif(valueSum, name == 'bulksms.webhooks.refused'), accepted = sumif(valueSum, name == 'bulksms.webhooks.accepted')
| where refused >= 3 and accepted == 0
'''
  }
  {
    name: 'optouts-late'
    severity: 1
    span: 'PT15M'
    every: 'PT5M'
    description: 'People opted out and the inbound webhook was not told: their texts were read from Twilio\'s list minutes later. Is the Messaging Service\'s inbound webhook set, and to this app? Needs the metric bulksms.optouts.late.'
    query: '''
customMetrics
| where name == 'bulksms.optouts.late'
| summarize texts = sum(valueSum)
| where texts > 0
'''
  }
  {
    name: 'approval-waiting'
    severity: 2
    span: 'PT15M'
    every: 'PT5M'
    description: 'A broadcast waits for its approval, and nothing of it is sent: another caller with the role Broadcast.Approve decides, before it expires. Needs the metric bulksms.approvals.oldest_age, in seconds.'
    query: '''
customMetrics
| where name == 'bulksms.approvals.oldest_age'
| summarize age = max(value)
| where age >= 60 * {4}
'''
  }
  {
    name: 'events-failing'
    severity: 2
    span: 'PT30M'
    every: 'PT15M'
    description: 'An event endpoint of the customer takes nothing: each delivery of half an hour failed. They are tried again for three days. Sending is not concerned. Needs the metric bulksms.events.calls with the dimensions endpoint and outcome.'
    query: '''
customMetrics
| where name == 'bulksms.events.calls'
| summarize
    failed = sumif(valueSum, tostring(customDimensions.outcome) == 'failed'),
    delivered = sumif(valueSum, tostring(customDimensions.outcome) == 'delivered') by endpoint = tostring(customDimensions.endpoint)
| where failed >= 5 and delivered == 0
'''
  }
  {
    name: 'events-undelivered'
    severity: 2
    span: 'PT15M'
    every: 'PT5M'
    description: 'A delivery to an event endpoint of the customer was given up after three days, or an endpoint answered 410 and is switched off. Sending is not concerned. Needs the metrics bulksms.events.given_up and bulksms.events.switched_off with the dimension endpoint.'
    query: '''
customMetrics
| where name in ('bulksms.events.given_up', 'bulksms.events.switched_off')
| summarize deliveries = sum(valueSum) by endpoint = tostring(customDimensions.endpoint)
| where deliveries > 0
'''
  }
  {
    name: 'vault-unread'
    severity: 1
    span: 'PT15M'
    every: 'PT5M'
    description: 'The app cannot read Twilio\'s credentials and goes on with those read before: a rotated token will not be seen, and a new instance will not start. Needs the metric bulksms.vault.failures.'
    query: '''
customMetrics
| where name == 'bulksms.vault.failures'
| summarize failures = sum(valueSum)
| where failures > 0
'''
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-people'
  location: 'global'
  properties: {
    enabled: true
    groupShortName: 'BulkSms'
    emailReceivers: [for (email, i) in emails: { name: 'email-${i}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource logRule 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for alert in logAlerts: {
    name: '${name}-${alert.name}'
    location: location
    kind: 'LogAlert'
    properties: {
      displayName: '${name}: ${alert.name}'
      description: alert.description
      severity: alert.severity
      enabled: true
      autoMitigate: true
      scopes: [componentId]
      windowSize: alert.span
      evaluationFrequency: alert.every
      criteria: {
        allOf: [
          {
            query: format(alert.query, poisonMessages, oldestMessageMinutes, errorRatePercent, sentWithoutCallback, approvalMinutes)
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

// Azure's own metric, so that it works whatever the app does. 401 is not among them: each client's first call is answered so.
resource vaultRule 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: '${name}-vault-failures'
  location: 'global'
  properties: {
    description: 'The vault refuses calls (403: a role is missing; 404: a secret is), throttles them (429) or fails (5xx). Needs nothing from the code.'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [vaultId]
    windowSize: 'PT5M'
    evaluationFrequency: 'PT1M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'failures'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.KeyVault/vaults'
          metricName: 'ServiceApiResult'
          dimensions: [
            { name: 'StatusCode', operator: 'Include', values: ['403', '404', '429', '500', '502', '503', '504'] }
          ]
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}
