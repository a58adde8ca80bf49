import './no-proto.ts'
import { net } from './net-role.ts'
import { ownPort } from './own-port.ts'
import { serve } from './serve.ts'

serve(net, ownPort())
